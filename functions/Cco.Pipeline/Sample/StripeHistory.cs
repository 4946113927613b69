namespace Cco.Pipeline.Sample;

/// <summary>
/// The items of a subscription as Stripe tells them: with each change of one of them the whole subscription is told, all items that
/// it then has, and one that was taken off for the last time.
/// </summary>
internal static class StripeHistory
{
    public static void Write(Company company, Subscription subscription)
    {
        var changes = subscription.Items.SelectMany(item => item.Versions).Select(version => version.ValidFrom)
            .Where(company.Calendar.Covers).Distinct().Order();
        var gone = new HashSet<SubscriptionItem>();
        foreach (var changedAt in changes)
        {
            foreach (var item in subscription.Items.Where(item => item.StartedAt <= changedAt && !gone.Contains(item)))
            {
                var version = item.Versions.Last(version => version.ValidFrom <= changedAt);
                Write(company, subscription, item, version with { ValidFrom = changedAt });
                if (version.Status == "canceled")
                {
                    gone.Add(item);
                }
            }
        }
    }

    /// <summary>Since when something is past due or paused Stripe says by the time of the change alone.</summary>
    private static void Write(Company company, Subscription subscription, SubscriptionItem item, ItemVersion version) =>
        company.Files.Stripe.SubscriptionItem.Row()
            .Text("subscription_item_id", item.Id).Instant("valid_from", version.ValidFrom).Text("subscription_id", subscription.Id)
            .Text("customer_id", subscription.Customer.BillingId).Text("product_id", version.Plan.Product.Id).Text("plan_id", version.Plan.StripeId)
            .Text("status", version.Status).Text("charge_type", version.Plan.ChargeType).Text("billing_interval", version.Plan.Interval)
            .Text("currency", version.Plan.Currency).Text("churn_type", version.ChurnType).Text("cancel_reason", version.Reason)
            .Number("billing_interval_count", version.Plan.IntervalCount).Amount("quantity", version.Quantity).Amount("unit_amount", version.UnitAmount)
            .Instant("started_at", item.StartedAt).Instant("trial_ends_at", subscription.Items[0].TrialEndsAt).Instant("resumes_at", version.ResumesAt)
            .Instant("canceled_at", version.CanceledAt).Instant("ends_at", version.EndsAt).Instant("updated_at", version.ValidFrom).End();
}
