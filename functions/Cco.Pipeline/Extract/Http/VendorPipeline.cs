using System.Security.Authentication;
using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Cco.Pipeline.Extract;

/// <summary>
/// The one owner of retries, one for each vendor. From the outside: total time, rate limit, retry with jitter that obeys Retry-After, circuit
/// breaker, time of one attempt.
/// </summary>
internal static class VendorPipeline
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    /// <summary>Builds it.</summary>
    public static ResiliencePipeline<VendorAnswer> Build(LimitDescription limits, ExtractOptions options, SourceTraffic traffic, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<VendorAnswer> { TimeProvider = time };
        builder.AddTimeout(options.RequestTimeout);
        builder.AddRateLimiter(Limiter(limits));
        if (options.Retries > 0)
        {
            builder.AddRetry(Retry(options, traffic, time));
        }

        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<VendorAnswer>
        {
            ShouldHandle = MayPass,
            FailureRatio = 0.9,
            MinimumThroughput = 4 * (options.Retries + 1),
            SamplingDuration = TimeSpan.FromMinutes(5),
            BreakDuration = TimeSpan.FromMinutes(1),
        });
        builder.AddTimeout(limits.AttemptTimeout);
        return builder.Build();
    }

    /// <summary>Requests begin evenly: a burst would only be answered with 429.</summary>
    private static TokenBucketRateLimiter Limiter(LimitDescription limits) => new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
    {
        TokenLimit = Math.Max(1, (int)limits.RequestsPerSecond),
        TokensPerPeriod = Math.Max(1, (int)(limits.RequestsPerSecond / 10)),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, (int)(limits.RequestsPerSecond / 10)) / limits.RequestsPerSecond),
        QueueLimit = int.MaxValue,
        AutoReplenishment = true,
    });

    private static RetryStrategyOptions<VendorAnswer> Retry(ExtractOptions options, SourceTraffic traffic, TimeProvider time) => new()
    {
        ShouldHandle = MayPass,
        MaxRetryAttempts = options.Retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.RetryDelay,
        MaxDelay = LongestDelay,
        DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter(time.GetUtcNow())),
        OnRetry = attempt =>
        {
            traffic.Retried();
            traffic.WaitedFor(attempt.RetryDelay);
            return default;
        },
    };

    private static ValueTask<bool> MayPass<TArguments>(TArguments arguments)
        where TArguments : struct => arguments switch
        {
            RetryPredicateArguments<VendorAnswer> retry => ValueTask.FromResult(MayPass(retry.Outcome)),
            CircuitBreakerPredicateArguments<VendorAnswer> breaker => ValueTask.FromResult(MayPass(breaker.Outcome)),
            _ => ValueTask.FromResult(false),
        };

    private static bool MayPass(Outcome<VendorAnswer> outcome) => outcome switch
    {
        { Result: { } answer } => answer.MayPass,
        { Exception: HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.ConfigurationLimitExceeded } } => false,
        { Exception: HttpRequestException or TimeoutRejectedException or InvalidDataException } => true,
        { Exception: IOException { InnerException: not AuthenticationException } } => true,
        _ => false,
    };
}
