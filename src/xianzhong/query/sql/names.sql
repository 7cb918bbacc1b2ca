-- Codes and names of the universities and schools in scope.
SELECT 'university' AS what, university_code AS code, name, '' AS province, '' AS county_code
FROM universities
UNION ALL
SELECT 'school', school_code, name, province, county_code
FROM schools
ORDER BY what, code
