namespace Cco.Pipeline.Sample;

/// <summary>
/// The regular survey as Qualtrics tells it: sent to a list at once, known by the link in the invitation. What Qualtrics has no field for is not
/// written: which customer somebody belongs to, what a comment means, and when an invitation arrived.
/// </summary>
internal static class QualtricsSurvey
{
    private const string Survey = "SV_1relationship";
    private const string Question = "QID1";

    public static void WritePerson(Company company, CustomerProfile customer, int which, string name)
    {
        var person = new Invitation("", customer, which);
        company.Files.Qualtrics.Contact.Row()
            .Text("contact_id", ContactIdOf(person)).Text("name", name).Text("email", person.Address).Text("language", customer.Place.Language.ToLowerInvariant())
            .Instant("updated_at", customer.CreatedAt).End();
    }

    public static void Write(Company company, QualtricsInvitation invitation, string status) =>
        company.Files.Qualtrics.SurveyInvitation.Row()
            .Text("survey_invitation_id", status == "suppressed" ? $"EMD_{invitation.Month}:{ContactIdOf(invitation.Person)}" : LinkOf(invitation)).Text("survey_id", Survey)
            .Text("contact_id", ContactIdOf(invitation.Person)).Text("survey_type", "nps").Text("survey_kind", "relationship").Text("channel", "email")
            .Text("status", status).Instant("sent_at", invitation.At).Instant("expires_at", invitation.At.AddDays(30)).Instant("updated_at", invitation.At).End();

    public static void Write(Company company, QualtricsInvitation invitation, DateTimeOffset at, int score, string? comment) =>
        company.Files.Qualtrics.SurveyResponse.Row()
            .Text("survey_response_id", $"R_{LinkOf(invitation)}:{Question}").Text("survey_invitation_id", LinkOf(invitation)).Text("survey_id", Survey)
            .Text("question_id", Question).Text("respondent_email", invitation.Person.Address).Text("survey_type", "nps").Text("survey_kind", "relationship")
            .Text("channel", "email").Text("comment_text", comment).Text("language", "en").Number("score", score).Number("scale_min", 0).Number("scale_max", 10)
            .Instant("answered_at", at).Instant("updated_at", at).End();

    private static string ContactIdOf(Invitation person) => $"CID_{person.Customer.Number}{person.Person}";

    /// <summary>What the link of an invitation is told apart by.</summary>
    private static string LinkOf(QualtricsInvitation invitation) => $"D{invitation.Month}_{invitation.Person.Customer.Number}{invitation.Person.Person}";
}

/// <summary>Who was invited, and when.</summary>
internal sealed record QualtricsInvitation(Invitation Person, DateTimeOffset At)
{
    /// <summary>Names the list that it was sent to.</summary>
    public string Month => $"{At:yyyyMM}";
}
