using System.Data.Common;
using System.Text.Json;
using MySqlConnector;
using Npgsql;
using NpgsqlTypes;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Enrichments.Inputs;

namespace Snowplow.Enrich.Enrichments.Sql;

/// <summary>A database that is asked about events: its pool of connections and its way with parameters. Thread-safe.</summary>
/// <param name="Source">The pool.</param>
/// <param name="Placeholder">How the database writes the placeholder of a number.</param>
/// <param name="Parameter">
/// Makes the parameter of a number. Values are texts whose types the database infers from the query, so a text meets a number or a
/// UUID as it should.
/// </param>
internal sealed record SqlDatabase(DbDataSource Source, Func<int, string> Placeholder, Func<int, InputValue, DbParameter> Parameter)
{
    /// <summary>Connections that are open at one time; in Snowplow there is one.</summary>
    public const uint MaxConnections = 4;

    private const string Client = "snowplow-enrich";
    private const uint ConnectSeconds = 5;
    private const uint QuerySeconds = 10;

    /// <summary>Reads <c>parameters.database</c>; null where it was refused. Connects to nothing yet.</summary>
    public static SqlDatabase? Read(EnrichmentConfig config)
    {
        var database = config.Parameters.GetProperty("database");
        try
        {
            return database.TryGetProperty("postgresql", out var postgres) ? PostgreSql(postgres) : MySql(database.GetProperty("mysql"));
        }
        catch (ArgumentException e)
        {
            config.Refuse("database", $"does not tell how to connect: {e.Message.TrimEnd('.')}");
            return null;
        }
    }

    private static SqlDatabase PostgreSql(JsonElement options)
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = options.GetProperty("host").GetString(),
            Port = options.GetProperty("port").GetInt32(),
            Username = options.GetProperty("username").GetString(),
            Password = options.GetProperty("password").GetString(),
            Database = options.GetProperty("database").GetString(),
            SslMode = options.GetProperty("sslMode").GetBoolean() ? Npgsql.SslMode.Require : Npgsql.SslMode.Disable,
            ApplicationName = Client,
            MaxPoolSize = (int)MaxConnections,
            Timeout = (int)ConnectSeconds,
            CommandTimeout = (int)QuerySeconds,
        };
        return new SqlDatabase(
            NpgsqlDataSource.Create(connection),
            number => $"${number}",
            (_, value) => new NpgsqlParameter { Value = value.Text, NpgsqlDbType = NpgsqlDbType.Unknown });
    }

    private static SqlDatabase MySql(JsonElement options)
    {
        var connection = new MySqlConnectionStringBuilder
        {
            Server = options.GetProperty("host").GetString(),
            Port = options.GetProperty("port").GetUInt32(),
            UserID = options.GetProperty("username").GetString(),
            Password = options.GetProperty("password").GetString(),
            Database = options.GetProperty("database").GetString(),
            SslMode = options.GetProperty("sslMode").GetBoolean() ? MySqlSslMode.Required : MySqlSslMode.Disabled,
            ApplicationName = Client,
            MaximumPoolSize = MaxConnections,
            ConnectionTimeout = ConnectSeconds,
            DefaultCommandTimeout = QuerySeconds,
        };

        // MySQL takes the text 'true' for the number 0.
        return new SqlDatabase(
            new MySqlDataSource(connection.ConnectionString),
            number => $"@p{number}",
            (number, value) => new MySqlParameter($"@p{number}", value.IsBoolean ? value.Text == "true" : value.Text));
    }
}
