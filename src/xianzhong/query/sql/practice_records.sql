-- Practices of a view with all that is recorded of them, newest first; for downloads.
SELECT
    practice_code,
    school_code,
    coalesce(school_name, school_code) AS school,
    coalesce(province, '') AS province,
    coalesce(county, '') AS county,
    coalesce(county_code, '') AS county_code,
    title,
    theme,
    "text",
    spread,
    published,
    published_precision,
    note,
    source,
    source_date,
    source_url
FROM practices
WHERE
    ($theme = '' OR coalesce(theme, '-') = $theme)
    AND ($spread = '' OR coalesce(spread, '-') = $spread)
    AND len(
        list_filter(
            $words,
            lambda word: contains(title_words, word)
            OR contains(theme_words, word)
            OR contains(text_words, word)
        )
    ) = len($words)
ORDER BY published DESC NULLS LAST, practice_code
LIMIT $row_limit
