namespace Cco.Pipeline.Runs;

/// <summary>Who is to be forgotten.</summary>
public sealed record ForgetRequest
{
    private const int ShortestId = 5;

    /// <summary>Longer than the digits of a day, and of most amounts and counts.</summary>
    private const int ShortestNumber = 9;

    /// <param name="emails">Addresses of persons.</param>
    /// <param name="customers">Ids of customers, as their sources call them; the addresses that stand beside them are forgotten, too.</param>
    /// <exception cref="ArgumentException">Nobody is named, or an address is none, or an id is found in other words and numbers, too, as it is short.</exception>
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

        if (customers.FirstOrDefault(id => id.Length < (id.All(char.IsDigit) ? ShortestNumber : ShortestId)) is { } tooShort)
        {
            throw new ArgumentException(
                $"The id '{tooShort}' cannot be told from other words and numbers in the lake, amounts for one: it takes {ShortestId} characters or more, {ShortestNumber} of digits alone. Name the customer's addresses instead: --email.",
                nameof(customers));
        }

        (Emails, Customers) = ([.. emails.Select(email => email.ToLowerInvariant()).Distinct(StringComparer.Ordinal)], [.. customers.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The addresses, in lower case.</summary>
    public IReadOnlyList<string> Emails { get; }

    /// <summary>The ids of customers.</summary>
    public IReadOnlyList<string> Customers { get; }
}
