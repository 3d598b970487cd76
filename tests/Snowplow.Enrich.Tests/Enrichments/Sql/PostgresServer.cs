using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Snowplow.Enrich.Tests.Iglu;

namespace Snowplow.Enrich.Tests.Enrichments.Sql;

/// <summary>A PostgreSQL of its own in a folder of its own, on a local port; gone with the tests.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-").FullName;
    private Process? _server;

    /// <summary>The folder of PostgreSQL's programs; null where they are not installed.</summary>
    public static string? Programs { get; } =
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [])
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    public int Port { get; } = RegistryServer.FreePort();

    public async Task InitializeAsync()
    {
        if (Programs is null) return;
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Start("chown", "postgres", _folder);
            await chown.WaitForExitAsync();
        }

        var data = Path.Combine(_folder, "data");
        using (var init = Run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"))
        {
            await init.WaitForExitAsync();
            init.ExitCode.ShouldBe(0);
        }

        _server = Run(
            "postgres", "-D", data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", _folder, "-F");
        await ExecuteAsync("""
            create table users(id text primary key, full_name text, "dateOfBirth" date, visits integer, balance numeric(20,4), is_vip boolean,
              score double precision, seen timestamp, seen_tz timestamptz, ref uuid, tags text[], extra jsonb, raw bytea, nothing text);
            insert into users values ('u-1', 'Ann "A" Ü', '1990-02-03', 7, 12.5000, true, 0.5, '2026-01-02 03:04:05.678', '2026-01-02 03:04:05.678+02',
              '7f3c2b1a-0000-4000-8000-000000000001', '{a,b}', '{"k": [1, 2.50]}', '\x0102', null);
            insert into users(id, visits) values ('u-2', 1), ('u-3', 1);
            """);
    }

    public async Task ExecuteAsync(string sql)
    {
        var until = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            try
            {
                await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Timeout=5;Pooling=false");
                await using var command = source.CreateCommand(sql);
                await command.ExecuteNonQueryAsync();
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && DateTime.UtcNow < until)
            {
                // The server is still starting.
                await Task.Delay(100);
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            using var stop = Run("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop");
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    private static Process Run(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? Start("runuser", ["-u", "postgres", "--", Path.Combine(Programs!, program), .. arguments])
        : Start(Path.Combine(Programs!, program), arguments);

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
}
