namespace Cco.Pipeline.Sample;

/// <summary>Who was invited. Some surveys know the address of the person only.</summary>
internal sealed record Invitation(string Id, CustomerProfile Customer, int Person)
{
    /// <summary>A person that no source knows: forwarded to, or private.</summary>
    public bool IsAnonymous => Customer.Index % 40 == 3 && Person > 0;

    public bool IsByAddressOnly => Customer.Index % 7 == 4 || IsAnonymous;

    public string Address => IsAnonymous ? $"somebody{Customer.Index}@elsewhere.example" : Versions.EmailOf(Customer, Person);
}

internal sealed record Answer(string Id, int? Score, DateTimeOffset At, Comment? Comment);

/// <summary>A question, and what it is about.</summary>
internal sealed record Survey(string Type, string Kind, int Low, int High)
{
    public Ticket? Ticket { get; init; }

    public string? Step { get; init; }

    public string? Channel { get; init; }

    public bool IsReversed { get; init; }

    public void WriteInvitation(Company company, Invitation invitation, string status, DateTimeOffset at) =>
        company.Files.SurveyInvitation.Row()
            .Text("survey_invitation_id", invitation.Id).Text("survey_id", $"{Kind}_{Type}")
            .Text("customer_id", invitation.IsByAddressOnly ? null : invitation.Customer.Id)
            .Text("contact_id", invitation.IsByAddressOnly ? null : Versions.ContactIdOf(invitation.Customer, invitation.Person))
            .Text("recipient_email", invitation.Address).Text("employee_id", Ticket?.Agent).Text("ticket_id", Ticket?.Id).Text("survey_type", Type)
            .Text("survey_kind", Kind).Text("journey_step", Step).Text("channel", Channel).Text("status", status)
            .Instant("sent_at", status == "suppressed" ? null : at).Instant("delivered_at", status == "delivered" ? at.AddSeconds(40) : null)
            .Instant("expires_at", at.AddDays(30)).Instant("updated_at", at).End();

    public void WriteResponse(Company company, Invitation invitation, Answer answer) =>
        company.Files.SurveyResponse.Row()
            .Text("survey_response_id", answer.Id).Text("survey_invitation_id", invitation.Id).Text("survey_id", $"{Kind}_{Type}")
            .Text("customer_id", invitation.IsByAddressOnly ? null : invitation.Customer.Id)
            .Text("contact_id", invitation.IsByAddressOnly ? null : Versions.ContactIdOf(invitation.Customer, invitation.Person))
            .Text("respondent_email", invitation.Address).Text("employee_id", Ticket?.Agent).Text("ticket_id", Ticket?.Id).Text("survey_type", Type)
            .Text("survey_kind", Kind).Text("journey_step", Step).Text("channel", Channel).Text("comment_text", answer.Comment?.Text)
            .Text("language", answer.Comment is null ? null : "en").Text("sentiment_label", answer.Comment?.Label)
            .Text("sentiment_method", answer.Comment?.Label is null ? null : "manual").Text("themes", answer.Comment?.Themes).Flag("is_reversed", IsReversed)
            .Number("score", answer.Score).Number("scale_min", Low).Number("scale_max", High).Amount("sentiment_score", answer.Comment?.Sentiment)
            .Instant("answered_at", answer.At).Instant("updated_at", answer.At).Instant("deleted_at", null).End();
}
