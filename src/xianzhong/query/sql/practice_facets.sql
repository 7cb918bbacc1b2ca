-- How many practices with every word there are by theme and by spread. Each is counted under
-- the other's choice, so that a count says what its click would show.
WITH found AS MATERIALIZED (
    SELECT
        coalesce(theme, '-') AS theme,
        coalesce(spread, '-') AS spread,
        $theme = '' OR coalesce(theme, '-') = $theme AS of_theme,
        $spread = '' OR coalesce(spread, '-') = $spread AS of_spread
    FROM practices
    WHERE
        len(
            list_filter(
                $words,
                lambda word: contains(title_words, word)
                OR contains(theme_words, word)
                OR contains(text_words, word)
            )
        ) = len($words)
)
SELECT 'theme' AS part, theme AS code, count(*) FILTER (WHERE of_spread) AS practices
FROM found
GROUP BY theme
UNION ALL
SELECT 'spread' AS part, spread AS code, count(*) FILTER (WHERE of_theme) AS practices
FROM found
GROUP BY spread
UNION ALL
SELECT 'all' AS part, '' AS code, count(*) FILTER (WHERE of_theme AND of_spread) AS practices
FROM found
ORDER BY part, practices DESC, code
