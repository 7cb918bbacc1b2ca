-- Good practice, with the school's number, name and place. What names a school that is
-- not, or no longer, on record lies in no place. For the search the texts stand here once more,
-- in small letters and narrow forms: `title_words`, `theme_words`, `text_words`.
SELECT
    source.*,
    translate(
        lower(source.title),
        'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ０１２３４５６７８９',
        'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789'
    ) AS title_words,
    translate(
        lower(coalesce(source.theme, '')),
        'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ０１２３４５６７８９',
        'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789'
    ) AS theme_words,
    translate(
        lower(coalesce(source."text", '')),
        'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ０１２３４５６７８９',
        'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789'
    ) AS text_words,
    school.school_no,
    school.name AS school_name,
    school.county_code,
    school.county,
    school.prefecture,
    school.province
FROM source
LEFT JOIN base.schools AS school USING (school_code)
