using Cco.Pipeline.Extract;
using Microsoft.AspNetCore.Http;

namespace Cco.Pipeline.Cli.Vendors;

/// <summary>A vendor's API, answered from the records of the sample company as the vendor's documentation describes it.</summary>
internal interface IVendorServer
{
    /// <summary>The source that it is read as, which is the system of the records, too.</summary>
    string Source { get; }

    /// <summary>The conformed entities of the sample whose records it can say whole. Others of the same system arrive as files.</summary>
    IReadOnlyList<string> Entities { get; }

    /// <summary>What a user would set to read it.</summary>
    /// <param name="root">The address of this vendor's server.</param>
    SourceSettings Settings(Uri root);

    /// <summary>Answers a request, whose path begins after the address of this vendor's server.</summary>
    Task AnswerAsync(HttpContext context);
}
