namespace Cco.Pipeline.Land;

/// <summary>
/// Fields of a record that say who a person is, or hold what a person wrote, by their names in the vendors' records and in the tables for dropped
/// files. They are erased where they stand beside the address or id of who is forgotten.
/// </summary>
internal static class PersonalField
{
    private const int Longest = 64;

    /// <summary>Names without case and without what parts their words.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "name", "firstname", "lastname", "middlename", "givenname", "familyname", "surname", "fullname", "displayname", "nickname", "alias", "username",
        "formattedname", "customername", "contactname", "requestername", "respondentname", "recipientname", "billingname", "suppliedname",
        "phone", "phonenumber", "mobile", "mobilephone", "homephone", "otherphone", "phonework", "cellphone", "telephone1", "customerphone", "fax", "whatsappnumber",
        "address", "billingaddress", "shippingaddress", "mailingaddress", "otheraddress", "customeraddress", "homeaddress", "street", "line1", "line2",
        "addressline1", "addressline2", "address1", "address2", "postalcode", "zip", "shipping", "location",
        "birthdate", "birthday", "dateofbirth", "jobtitle", "salutation", "gender", "photo", "avatar", "avatarurl", "photourl", "signature",
        "ipaddress", "ip", "linkedin", "twitter", "twitterhandle", "facebook", "skype", "socialprofiles",
        "comment", "comments", "commenttext", "subject", "body", "description", "notes", "text", "answertext", "value",
    };

    /// <summary>Fields that hold the address of the customer or person that a record is about, not that of whoever works on it.</summary>
    private static readonly HashSet<string> Addresses = new(StringComparer.Ordinal)
    {
        "email", "emailaddress", "emailaddress1", "customeremail", "billingemail", "contactemail", "recipientemail", "respondentemail", "requesteremail", "personemail",
        "receiptemail", "suppliedemail",
    };

    /// <summary>Whether the field is one of these.</summary>
    public static bool Is(string field) => IsIn(Names, field);

    /// <summary>Whether the field holds the address of who the record is about.</summary>
    public static bool IsAddress(string field) => IsIn(Addresses, field);

    private static bool IsIn(HashSet<string> names, string field)
    {
        if (field.Length > Longest)
        {
            return false;
        }

        Span<char> letters = stackalloc char[Longest];
        var length = 0;
        foreach (var character in field)
        {
            if (char.IsLetterOrDigit(character))
            {
                letters[length++] = char.ToLowerInvariant(character);
            }
        }

        return names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters[..length]);
    }
}
