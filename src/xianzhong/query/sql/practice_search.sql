-- Practices in which every word occurs, with their place in the result: those with more words in
-- the title first, then in the theme, then the newest. A page of them, or $item and what stands
-- before and after it. Words are substrings, so any two characters of a Chinese text find it.
WITH found AS (
    SELECT
        practice_code,
        len(list_filter($words, lambda word: contains(title_words, word))) AS in_title,
        len(list_filter($words, lambda word: contains(theme_words, word))) AS in_theme,
        published
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
),
placed AS (
    SELECT
        practice_code,
        row_number() OVER ranked AS nth,
        lag(practice_code) OVER ranked AS earlier,
        lead(practice_code) OVER ranked AS later,
        count(*) OVER () AS hits
    FROM found
    WINDOW ranked AS (
        ORDER BY in_title DESC, in_theme DESC, published DESC NULLS LAST, practice_code
    )
)
SELECT
    placed.*,
    practices.title,
    practices.theme,
    practices."text",
    practices.spread,
    practices.published,
    practices.published_precision,
    practices.school_code,
    coalesce(practices.school_name, practices.school_code) AS school,
    coalesce(practices.province, '') AS province,
    coalesce(practices.county_code, '') AS county_code,
    practices.note,
    practices.source,
    practices.source_date,
    practices.source_url
FROM placed
INNER JOIN practices USING (practice_code)
WHERE
    ($item = '' AND nth > $row_offset AND nth <= $row_offset + $row_limit)
    OR practice_code = $item
ORDER BY nth
