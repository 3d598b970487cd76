return await Snowplow.Silo.CommandLine.SnowplowCommand.Run(args).ConfigureAwait(false);
