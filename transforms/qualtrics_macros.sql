-- A language as Qualtrics names it, such as PT-BR or ZH-S, as BCP 47 tag.
create macro qualtrics_language(language) as
    case upper(language)
        when 'ZH-S' then 'zh-Hans'
        when 'ZH-T' then 'zh-Hant'
        else lower(nullif(language, ''))
    end;

-- The individual link of an invitation, which a response that was given by it carries, too.
create macro qualtrics_link(address) as
    nullif(regexp_extract(address, '[?&]Q_DL=([^&#]+)', 1), '');
