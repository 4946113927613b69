using System.CommandLine;
using Cco.Pipeline.Cli;

// Ctrl-C lets a run finish its report.
return await new CliRoot().Build().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
