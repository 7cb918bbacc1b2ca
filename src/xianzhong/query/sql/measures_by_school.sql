-- Some paired schools with what they have had of each measure in the period, those with the
-- fewest measures first; one row per school and measure, and one for a school without any.
-- `matching` is how many schools have the three words in their name, place, code or
-- supporters' names.
WITH had AS MATERIALIZED (
    SELECT school_no, kind, count(*) AS activities, min("start") AS first_start
    FROM facts
    WHERE list_contains($measures, kind)
    GROUP BY school_no, kind
),
number_of AS (SELECT school_no, count(*) AS measures FROM had GROUP BY school_no),
supporters AS (
    SELECT pairings.school_no, string_agg(universities.name, ' ') AS names
    FROM pairings
    LEFT JOIN universities ON universities.university_no = pairings.university_no
    GROUP BY pairings.school_no
),
places AS (SELECT code, name FROM divisions),
named AS (
    SELECT
        schools.school_no,
        schools.school_code,
        schools.name AS school,
        schools.province,
        schools.prefecture,
        schools.county,
        schools.county_code,
        coalesce(number_of.measures, 0) AS measures,
        lower(concat_ws(
            ' ', schools.name, schools.aliases, schools.county, prefecture.name, province.name,
            schools.school_code, supporters.names
        )) AS words
    FROM schools
    INNER JOIN supporters USING (school_no)
    LEFT JOIN number_of USING (school_no)
    LEFT JOIN places AS prefecture ON prefecture.code = schools.prefecture
    LEFT JOIN places AS province ON province.code = schools.province
),
chosen AS (
    SELECT * EXCLUDE (words), count(*) OVER () AS matching
    FROM named
    WHERE contains(words, $word_1) AND contains(words, $word_2) AND contains(words, $word_3)
    ORDER BY measures, school_code
    LIMIT $row_limit OFFSET $row_offset
)
SELECT
    chosen.* EXCLUDE (school_no),
    had.kind,
    coalesce(had.activities, 0) AS activities,
    had.first_start
FROM chosen
LEFT JOIN had USING (school_no)
ORDER BY measures, school_code, kind
