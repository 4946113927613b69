using Cco.Pipeline.Benchmarks;

// ./cco benchmark [customers] [months] [folder] [GiB of the machine, if not this one's]
// Each measurement is a process of its own, so that its peak memory is its own; `measure` is how this program calls itself.
// ./cco benchmark lake <address of a container> <connection string> [files] [MiB each] [small files]
return args is ["measure", var what, var lake, ..]
    ? await Measurement.RunAsync(what, lake, args[3..])
    : args is ["lake", var container, var connection, ..]
    ? await LakeMeasurement.RunAsync(
        container,
        connection,
        args.Length > 3 ? int.Parse(args[3]) : 64,
        args.Length > 4 ? int.Parse(args[4]) : 16,
        args.Length > 5 ? int.Parse(args[5]) : 10_000)
    : await Campaign.RunAsync(
        args.Length > 0 ? int.Parse(args[0]) : 100_000,
        args.Length > 1 ? int.Parse(args[1]) : 36,
        args.Length > 2 ? args[2] : Path.Combine(Path.GetTempPath(), "cco-benchmark"),
        args.Length > 3 ? int.Parse(args[3]) : 0);
