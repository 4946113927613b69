namespace Cco.Pipeline.Sample;

/// <summary>The tickets of one customer. The less content it is, the more it asks, the longer it waits, the oftener it asks again.</summary>
internal sealed class SupportDesk(Company company, CustomerLife life, Surveys surveys)
{
    private static readonly string[] Topics = ["how_to", "billing", "login", "integration", "performance", "outage", "data_quality"];
    private static readonly string[] Channels = ["email", "web", "chat", "phone"];

    private readonly Prng prng = company.Numbers("support", life.Profile.Index);
    private int count;

    public void Write()
    {
        for (var month = 0; month < life.MonthCount; month++)
        {
            if (!life.IsServedIn(month))
            {
                continue;
            }

            var size = life.Profile.Segment switch { "consumer" => 0.04, "small_business" => 0.06, "mid_market" => 0.13, _ => 0.28 };
            var starting = month < 2 ? 2.0 : 1;
            for (var left = prng.Count(size * starting * (1.2 - (0.6 * life.Mood[month])) * Calendar.DemandIn(life.DayOf(month))); left > 0; left--)
            {
                Ask(month, starting > 1 && prng.Chance(0.5) ? "setup" : prng.Pick(Topics));
            }
        }
    }

    private void Ask(int month, string topic)
    {
        var at = life.DayOf(month).AddDays(prng.Below(28)).At(prng.Chance(0.8) ? prng.Between(7 * 3600, 18 * 3600) : prng.Below(86_400));
        if (!company.Calendar.Covers(at))
        {
            return;
        }

        var ticket = Handle(month, topic, at);
        var again = at.AddDays(prng.Between(1, 6)).AddMinutes(prng.Below(300));
        if (company.Calendar.Covers(again) && prng.Chance(0.09 - (0.05 * life.Mood[month])))
        {
            var second = Handle(month, topic, again, prng.Chance(0.15) ? ticket.Id : null);
            second.Write(company);
        }

        ticket.Write(company);
    }

    private Ticket Handle(int month, string topic, DateTimeOffset at, string? mergedInto = null)
    {
        var ticket = new Ticket(++count, life.Profile, at)
        {
            Topic = topic,
            Channel = prng.Pick(Channels),
            Priority = topic == "outage" ? "high" : prng.Chance(0.2) ? "low" : "normal",
            Agent = Staff.AgentOf(life.Profile, prng.Below(2)),
            Person = prng.Below(Versions.PeopleOf(life.Profile)),
            IsSpam = prng.Chance(0.008),
        };
        ticket.Opened(company);
        if (ticket.IsSpam)
        {
            ticket.Moved(company, at.AddMinutes(prng.Between(2, 600)), "closed");
        }
        else if (mergedInto is not null)
        {
            ticket.Merged(company, at.AddMinutes(prng.Between(5, 90)), mergedInto);
        }
        else
        {
            Work(ticket, month, at);
        }

        return ticket;
    }

    private void Work(Ticket ticket, int month, DateTimeOffset at)
    {
        ticket.Assigned(company, at.AddMinutes(1), null);
        var slowness = (1.3 - (0.5 * life.Mood[month])) * (life.Treatment is { Factor: > 0.6 and < 1 } ? 0.6 : 1);
        var usual = (ticket.Priority, ticket.Channel) switch { (_, "chat" or "phone") => 0.15, ("high", _) => 1.2, ("low", _) => 14.0, _ => 5.0 };
        var step = at.AddMinutes(2).AfterHours(usual * slowness * prng.Tail(0.9));
        ticket.Replied(company, step, prng.Between(4, 20));
        if (prng.Chance(0.06))
        {
            ticket.Raised(company, step.AddMinutes(3));
        }

        if (prng.Chance(0.02))
        {
            ticket.Rescheduled(company, step.AddMinutes(4), Schedules.IdOf("AMER"));
        }

        if (!prng.Chance(0.45))
        {
            step = Converse(ticket, step, slowness);
        }

        step = step.AfterHours(0.2 + (3 * slowness * prng.Tail(0.4)));
        ticket.Moved(company, step, "solved");
        surveys.AskAbout(ticket, month, step.AfterHours(2), slowness);
        Finish(ticket, step, slowness);
    }

    private DateTimeOffset Converse(Ticket ticket, DateTimeOffset at, double slowness)
    {
        for (var round = prng.Between(1, 3); round > 0; round--)
        {
            ticket.Moved(company, at.AddMinutes(6), prng.Chance(0.85) ? "pending" : "on_hold");
            at = at.AddMinutes(10).AfterHours(prng.Tail(9));
            ticket.Asked(company, at);
            ticket.Moved(company, at.AddSeconds(2), "open");
            if (prng.Chance(0.25))
            {
                ticket.Noted(company, at.AddMinutes(5));
            }

            at = at.AddMinutes(10).AfterHours(4 * slowness * prng.Tail(0.8));
            ticket.Replied(company, at, prng.Between(3, 25));
        }

        return at;
    }

    /// <summary>A few are reopened and change hands; whoever is content lets the ticket be closed after four days.</summary>
    private void Finish(Ticket ticket, DateTimeOffset solvedAt, double slowness)
    {
        var step = solvedAt;
        if (prng.Chance(0.07 * slowness))
        {
            step = step.AfterHours(2 + prng.Tail(15));
            ticket.Asked(company, step);
            ticket.Moved(company, step.AddSeconds(2), "open");
            if (company.Calendar.Covers(step.AddMinutes(9)) && prng.Chance(0.4))
            {
                var from = ticket.Agent;
                ticket.Agent = Staff.AgentOf(life.Profile, from.EndsWith('3') ? 1 : 0);
                ticket.Assigned(company, step.AddMinutes(9), from);
            }

            step = step.AddMinutes(10).AfterHours(6 * slowness * prng.Tail(0.8));
            ticket.Replied(company, step, prng.Between(5, 30));
            step = step.AddMinutes(5);
            ticket.Moved(company, step, "solved");
        }

        ticket.Moved(company, step.AddDays(4), "closed");
    }
}
