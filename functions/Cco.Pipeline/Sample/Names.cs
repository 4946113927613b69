namespace Cco.Pipeline.Sample;

/// <summary>Invented names. Every domain ends in .example, which nobody can own.</summary>
internal static class Names
{
    private static readonly string[] Starts =
    [
        "Hel", "Nor", "Bra", "Qua", "Lun", "Ver", "Tal", "Ost", "Mar", "Kes", "Arv", "Zel", "Pel", "Cor", "Dun", "Fir",
    ];

    private static readonly string[] Middles = ["va", "di", "mo", "ra", "ne", "ti", "lo", "ska", "be", "gu"];
    private static readonly string[] Ends = ["nto", "vik", "ris", "dal", "mex", "ton", "lia", "ster", "gen", "nova"];
    private static readonly string[] Forms =
    [
        " Systems", " GmbH", " Ltd", ", Inc.", " & Söhne", " \"Prime\" Group", " 株式会社", " SA", " Labs", " Logistics", " Foods", "",
    ];

    private static readonly string[] GivenNames =
    [
        "Ana", "Ben", "Chloé", "Daisuke", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Keiko", "Liam", "Mina", "Noor", "Olga",
        "Pablo", "Rosa", "Sven", "Tara", "Umut",
    ];

    private static readonly string[] FamilyNames =
    [
        "Andersen", "Bianchi", "Costa", "Dubois", "Eriksson", "Fischer", "García", "Hayashi", "Ito", "Jansen", "Khan", "Lopez",
        "Müller", "Nakamura", "O'Neill", "Park", "Rossi", "Silva", "Tanaka", "Weber",
    ];

    public static string Company(Prng prng) => prng.Pick(Starts) + prng.Pick(Middles) + prng.Pick(Ends) + prng.Pick(Forms);

    public static string Person(Prng prng) => $"{prng.Pick(GivenNames)} {prng.Pick(FamilyNames)}";

    /// <summary>A domain that no other customer has.</summary>
    public static string Domain(string company, int index) => $"{new string([.. company.TakeWhile(char.IsAsciiLetter)]).ToLowerInvariant()}-{index}.example";

    /// <summary>The part of an address before the at sign.</summary>
    public static string Mailbox(string person) =>
        new([.. person.ToLowerInvariant().Replace(' ', '.').Where(letter => letter == '.' || char.IsAsciiLetter(letter))]);
}
