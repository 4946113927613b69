using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Sample;

/// <summary>
/// An invented software company and its customers, as files of the conformed entities. Each customer's life is drawn from numbers of its own
/// and written before the next one's begins, so memory does not grow with the company, and a larger company begins with the smaller one's customers.
/// </summary>
public sealed class SampleCompany
{
    private readonly SampleOptions options;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public SampleCompany(SampleOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        if (options.End.Day != 1)
        {
            throw new ValidationException($"The sample company ends on the first of a month, not on {options.End:o}.");
        }

        this.options = options;
    }

    /// <summary>Writes the files into a folder, which is made if need be and must hold no CSV yet.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="progress">Told the number of customers done, now and then; may be null.</param>
    /// <param name="cancellationToken">Ends the attempt; files written so far stay and are not whole.</param>
    /// <exception cref="IOException">The folder already holds a sample, or cannot be written.</exception>
    public async Task<SampleTruth> WriteAsync(string folder, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFiles(folder, "*.csv*").FirstOrDefault() is { } found)
        {
            throw new IOException($"'{folder}' already holds {Path.GetFileName(found)}; a sample needs a folder of its own.");
        }

        var dirt = new Dirt(options);
        await using var files = new SampleFiles(folder, options, dirt);
        var company = new Company(options, files, dirt);
        WriteCompany(company);
        for (var index = 0; index < options.Customers; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            dirt.Begin(index);
            WriteCustomer(company, CustomerProfile.Of(company, index));
            await files.FlushAsync(cancellationToken);
            if ((index + 1) % 1000 == 0)
            {
                progress?.Report(index + 1);
            }
        }

        await files.CompleteAsync(cancellationToken);
        return new SampleTruth(files.Written, dirt.Planted);
    }

    private static void WriteCompany(Company company)
    {
        company.Catalogue.Write(company.Files, company.Calendar.Start);
        company.Staff.Write();
        Schedules.Write(company);
        ExchangeRates.Write(company);
        Initiatives.Write(company);
        Services.WriteHosting(company);
    }

    private static void WriteCustomer(Company company, CustomerProfile profile)
    {
        var life = SubscriptionLife.Live(company, profile);
        Identities.Write(company, life);
        Opportunities.Of(company, life);
        new Journey(company, life).Write();
        if (profile.Entry == Entry.Prospect)
        {
            return;
        }

        Onboarding.Write(company, life);
        var surveys = new Surveys(company, life);
        new SupportDesk(company, life, surveys).Write();
        surveys.AskAboutRelationship();
        Usage.Write(company, life);
        Services.Write(company, life);
        Advocacy.Write(company, life);
        Initiatives.WriteMember(company, life);
    }
}
