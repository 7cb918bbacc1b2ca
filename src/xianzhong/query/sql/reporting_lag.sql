-- Days from the end of an activity to the upload that reported it.
SELECT
    median(
        date_diff(
            'day',
            CASE
                WHEN coalesce(end_precision, start_precision) = 'month'
                    THEN last_day(coalesce("end", "start"))
                ELSE coalesce("end", "start")
            END,
            uploaded_on
        )
    ) AS median_days
FROM activities
INNER JOIN uploads USING (upload_id)
