-- Difficulties, with the school's number, name and place. What names a school that is
-- not, or no longer, on record lies in no place.
SELECT
    source.*,
    school.school_no,
    school.name AS school_name,
    school.county_code,
    school.county,
    school.prefecture,
    school.province
FROM source
LEFT JOIN base.schools AS school USING (school_code)
