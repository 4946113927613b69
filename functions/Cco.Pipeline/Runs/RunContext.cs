using Cco.Pipeline.Transform;
using Microsoft.Extensions.Logging;

namespace Cco.Pipeline.Runs;

/// <summary>What every run has around it.</summary>
/// <param name="Transform">Where the SQL is and what it may use.</param>
/// <param name="Kpis">The settings that change what numbers mean.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Hears facts about runs.</param>
public sealed record RunContext(TransformOptions Transform, KpiOptions Kpis, TimeProvider Time, ILogger<PipelineRun> Logger);
