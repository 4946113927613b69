namespace Cco.Pipeline.Sample;

/// <summary>
/// What one customer is asked and answers: a relationship survey every half year, satisfaction and effort after some tickets. Most
/// do not answer, and the very content and the very discontent answer oftener.
/// </summary>
internal sealed class Surveys(Company company, CustomerLife life)
{
    private readonly Prng prng = company.Numbers("survey", life.Profile.Index);
    private readonly FollowUp followUp = new(company, life);
    private int count;

    /// <summary>Every six months, each person the customer has, begun three to eight months after the customer came.</summary>
    public void AskAboutRelationship()
    {
        for (var month = 3 + (life.Profile.Index % 6); month < life.MonthCount; month += 6)
        {
            if (life.PhaseIn(month) != Phase.Paying)
            {
                continue;
            }

            for (var person = 0; person < Math.Min(3, Versions.PeopleOf(life.Profile)); person++)
            {
                if (life.Profile.IsOnQualtrics)
                {
                    AskInQualtrics(month, person);
                }
                else
                {
                    AskForNps(month, person, life.DayOf(month).AddDays(5).At(9 * 3600));
                }
            }
        }
    }

    public void AskAbout(Ticket ticket, int month, DateTimeOffset at, double slowness)
    {
        if (!company.Calendar.Covers(at) || ticket.IsSpam || !prng.Chance(0.8))
        {
            return;
        }

        var attitude = life.Attitude(month) + 0.5 - (0.5 * slowness) + (0.35 * prng.Bell());
        if (life.Profile.IsOnZendesk)
        {
            AskInZendesk(ticket, at, attitude);
            return;
        }

        if (prng.Chance(0.3))
        {
            AskForEffort(ticket, at, attitude);
            return;
        }

        var isThumb = ticket.Channel == "chat";
        var survey = new Survey("csat", "transactional", isThumb ? 0 : 1, isThumb ? 1 : 5) { Ticket = ticket, Step = "support", Channel = ticket.Channel };
        if (Invite(survey, ticket.Person, at) is not { } invitation || !prng.Chance(0.33))
        {
            return;
        }

        var answeredAt = at.AfterHours(prng.Tail(5));
        var score = isThumb ? attitude > -0.45 ? 1 : 0 : Scaled(attitude, 4.4, 1.5, 1, 5);
        var answer = Answer(survey, invitation, answeredAt, score, attitude);
        if (!isThumb && score is > 1 and < 5 && prng.Chance(0.08))
        {
            Answer(survey, invitation, answeredAt.AddDays(1), score + (prng.Chance(0.7) ? 1 : -1), attitude);
        }
        else if (score <= (isThumb ? 0 : 2) && answer is not null)
        {
            followUp.Open(answer, ticket.Person, answeredAt, null);
        }
    }

    /// <summary>Zendesk asks whether it was good or bad, once a ticket.</summary>
    private void AskInZendesk(Ticket ticket, DateTimeOffset at, double attitude)
    {
        var answeredAt = prng.Chance(0.33) ? company.Calendar.Known(at.AfterHours(prng.Tail(5))) : null;
        ZendeskDesk.WriteOffer(company, ticket, at, answeredAt ?? at);
        if (answeredAt is { } answered)
        {
            ZendeskDesk.WriteRating(company, ticket, answered, attitude > -0.45, Comments.Draw(prng, attitude)?.Text);
        }
    }

    /// <summary>Qualtrics asks all of them on one day of the month.</summary>
    private void AskInQualtrics(int month, int person)
    {
        var (year, place) = (life.DayOf(month).Year, life.DayOf(month).Month);
        var at = new DateOnly(year, place, 6).At(9 * 3600);
        if (!company.Calendar.Covers(at))
        {
            return;
        }

        var status = prng.Weighted(95, 2, 1.5, 1.5) switch { 0 => "delivered", 1 => "bounced", 2 => "suppressed", _ => "failed" };
        var invitation = new QualtricsInvitation(new Invitation("", life.Profile, person), at);
        QualtricsSurvey.Write(company, invitation, status);
        var attitude = life.Attitude(month) + (0.25 * prng.Bell());
        var answeredAt = at.AfterHours(prng.Tail(20));
        if (status == "delivered" && prng.Chance(0.25 + (0.25 * Math.Abs(attitude))) && company.Calendar.Covers(answeredAt))
        {
            QualtricsSurvey.Write(company, invitation, answeredAt, Scaled(attitude, 8.2, 2.8, 0, 10), Comments.Draw(prng, attitude)?.Text);
        }
    }

    private void AskForNps(int month, int person, DateTimeOffset at)
    {
        var survey = new Survey("nps", "relationship", 0, 10) { Channel = "email" };
        var attitude = life.Attitude(month) + (0.25 * prng.Bell());
        if (Invite(survey, person, at) is not { } invitation || !prng.Chance(0.25 + (0.25 * Math.Abs(attitude))))
        {
            return;
        }

        var answeredAt = at.AfterHours(prng.Tail(20));
        var score = Scaled(attitude, 8.2, 2.8, 0, 10);
        if (Answer(survey, invitation, answeredAt, score, attitude) is { } answer && score <= 6)
        {
            followUp.Open(answer, person, answeredAt, () => Again(survey, person, answeredAt, score, attitude));
        }
    }

    /// <summary>The same question after the case was closed; it went better for most.</summary>
    private string? Again(Survey survey, int person, DateTimeOffset answeredAt, int score, double attitude)
    {
        var at = answeredAt.AddDays(30);
        return Invite(survey, person, at) is { } invitation && prng.Chance(0.6)
            ? Answer(survey, invitation, at.AfterHours(prng.Tail(10)), Math.Clamp(score + prng.Between(-1, 5), 0, 10), attitude + 0.4)
            : null;
    }

    /// <summary>Effort on seven points; before the second quarter of the history on the old five, where low is easy.</summary>
    private void AskForEffort(Ticket ticket, DateTimeOffset at, double attitude)
    {
        var isOld = at.Day() < company.Calendar.Start.AddMonths(3);
        var survey = new Survey("ces", "transactional", 1, isOld ? 5 : 7) { Ticket = ticket, Step = "support", Channel = "email", IsReversed = isOld };
        if (Invite(survey, ticket.Person, at) is { } invitation && prng.Chance(0.3))
        {
            var score = isOld ? 6 - Scaled(attitude, 3.8, 1.5, 1, 5) : Scaled(attitude, 5.7, 2, 1, 7);
            Answer(survey, invitation, at.AfterHours(prng.Tail(5)), score, attitude);
        }
    }

    private static int Scaled(double attitude, double usual, double spread, int low, int high) =>
        Math.Clamp((int)Math.Floor(usual + (spread * (attitude - 0.2)) + 0.5), low, high);

    /// <summary>Returns the invitation if it arrived.</summary>
    private Invitation? Invite(Survey survey, int person, DateTimeOffset at)
    {
        if (!company.Calendar.Covers(at))
        {
            return null;
        }

        var status = prng.Weighted(95, 2, 1.5, 1.5) switch { 0 => "delivered", 1 => "bounced", 2 => "suppressed", _ => "sent" };
        var invitation = new Invitation($"SI-{life.Profile.Number}-{++count:000}", life.Profile, person);
        survey.WriteInvitation(company, invitation, status, at);
        return status is "delivered" ? invitation : null;
    }

    private string? Answer(Survey survey, Invitation invitation, DateTimeOffset at, int score, double attitude)
    {
        if (!company.Calendar.Covers(at))
        {
            return null;
        }

        var answer = new Answer($"SR-{life.Profile.Number}-{++count:000}", prng.Chance(0.02) ? null : score, at, Comments.Draw(prng, attitude));
        survey.WriteResponse(company, invitation, answer);
        return answer.Id;
    }
}
