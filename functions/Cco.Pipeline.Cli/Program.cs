using Cco.Pipeline.Cli;

return await new CliRoot().RunAsync(args);
