namespace Cco.Pipeline.Runs;

/// <summary>Who is to be forgotten.</summary>
public sealed record ForgetRequest
{
    private const int ShortestId = 5;

    /// <param name="emails">Addresses of persons.</param>
    /// <param name="customers">Ids of customers, as their sources call them; the addresses that stand beside them are forgotten, too.</param>
    /// <exception cref="ArgumentException">Nobody is named, or an address is none, or an id is so short that it would be found in other numbers and words.</exception>
    public ForgetRequest(IReadOnlyList<string> emails, IReadOnlyList<string> customers)
    {
        if (emails.Count + customers.Count == 0)
        {
            throw new ArgumentException("Say who is to be forgotten: --email a@b.c or --customer <id>.", nameof(emails));
        }

        if (emails.FirstOrDefault(email => !Land.Eraser.EmailsIn(email).SequenceEqual([email], StringComparer.Ordinal)) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' is no e-mail address, such as ada@example.com.", nameof(emails));
        }

        if (customers.FirstOrDefault(id => id.Length < ShortestId) is { } tooShort)
        {
            throw new ArgumentException($"The id '{tooShort}' has fewer than {ShortestId} characters and cannot be told from other numbers and words in the lake; name the customer's addresses with --email.", nameof(customers));
        }

        (Emails, Customers) = ([.. emails.Select(email => email.ToLowerInvariant()).Distinct(StringComparer.Ordinal)], [.. customers.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The addresses, in lower case.</summary>
    public IReadOnlyList<string> Emails { get; }

    /// <summary>The ids of customers.</summary>
    public IReadOnlyList<string> Customers { get; }

    internal IEnumerable<string> Values => Emails.Concat(Customers);
}
