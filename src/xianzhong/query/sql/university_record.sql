-- What is on record about the universities of a view themselves.
SELECT
    university_code, name, aliases, identifier, department, affiliated_schools,
    has_leading_group, has_incentives,
    NOT list_contains($words_for_none, lower(affiliated_schools)) AS has_affiliated,
    note, source, source_date, source_url
FROM universities
ORDER BY university_code
