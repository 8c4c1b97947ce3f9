-- Events of one stretch of two years: visits of five events each, told from hashes, so that equal sizes give equal logs.
-- Macro: u(key, salt), uniform in [0, 1). Variables: people, first, last (visits), starts, seconds. Table: planned.
WITH visit AS (
    SELECT
        i AS v,
        CAST(floor(power(u(i, 1), 1.7) * getvariable('people')) AS BIGINT) AS who,
        getvariable('starts') + to_seconds(CAST(floor(u(i, 2) * getvariable('seconds')) AS BIGINT)) AS start,
        CASE WHEN u(i, 3) < 0.66 THEN 'shop' WHEN u(i, 3) < 0.90 THEN 'email' WHEN u(i, 3) < 0.97 THEN 'sms'
            ELSE 'support' END AS way,
        CASE WHEN u(i, 4) < 0.7 THEN 'web' ELSE 'app' END AS place,
        u(i, 5) AS luck,
        u(i, 6) < 0.25 AS reduced,
        power(u(i, 7), 3) * 86400 * 4 AS wait
    FROM range(getvariable('first'), getvariable('last')) AS own(i)
),

slot AS (
    SELECT
        *,
        v * 5 + k AS number,
        CAST(hash(who * 64 + CAST(floor(u(v * 5 + k, 8) * 24) AS BIGINT)) % 3000 AS INTEGER) AS any_product,
        CASE way
            WHEN 'shop' THEN CASE
                WHEN k = 0 AND luck >= 0.985 THEN 'Order Refunded'
                WHEN k = 4 AND luck < 0.22 THEN 'Order Completed'
                WHEN k = 3 AND luck < 0.10 THEN 'Order Completed'
                WHEN k = 2 AND luck < 0.10 OR k = 3 AND luck < 0.45 THEN 'Product Added'
                WHEN k = 1 AND luck BETWEEN 0.4 AND 0.6 THEN 'Products Searched'
                WHEN k = 0 AND luck < 0.5 THEN 'Page Viewed'
                ELSE 'Product Viewed' END
            WHEN 'email' THEN CASE
                WHEN k = 1 AND luck < 0.5 THEN 'Email Opened'
                WHEN k = 2 AND luck < 0.1 THEN 'Email Link Clicked'
                WHEN k = 2 AND luck < 0.2 THEN 'Email Opened'
                WHEN k = 2 AND luck < 0.22 THEN 'Email Forwarded'
                WHEN k > 2 AND luck < 0.1 THEN 'Product Viewed'
                ELSE 'Email Delivered' END
            WHEN 'sms' THEN CASE
                WHEN k = 1 AND luck < 0.3 THEN 'SMS Link Clicked'
                WHEN k = 1 AND luck < 0.4 THEN 'SMS Replied'
                WHEN k > 1 THEN 'Page Viewed'
                ELSE 'SMS Delivered' END
            ELSE CASE
                WHEN k = 0 THEN 'Support Ticket Opened'
                WHEN k = 1 AND luck < 0.9 OR k = 3 AND luck < 0.1 THEN 'Support Ticket Resolved'
                WHEN k = 2 AND luck < 0.2 THEN 'Support Ticket Reopened'
                ELSE 'Page Viewed' END
        END AS event
    FROM visit, range(5) AS own(k)
),

line AS (
    SELECT
        *,
        -- What was put into the cart is what is bought one event later.
        CASE WHEN event IN ('Order Completed', 'Product Added') AND luck < 0.22
            THEN CAST(hash(who * 64 + CAST(floor(luck * 100) AS BIGINT) % 24 + (k = 4 AND luck < 0.10)::INTEGER)
                % 3000 AS INTEGER)
            WHEN event IN ('Order Completed', 'Product Added', 'Product Viewed') THEN any_product
        END AS product,
        event LIKE 'Email%' OR event LIKE 'SMS%' AS is_message,
        event LIKE '%Delivered' AS is_delivery,
        event LIKE 'Support%' AS is_support,
        start + to_seconds(CAST(floor(CASE
            WHEN way = 'shop' THEN k * 97
            WHEN event LIKE '%Delivered' THEN k * 86400
            ELSE wait + k * 300 END) AS BIGINT)) AS moment
    FROM slot
)

SELECT
    printf('m%012d', number) AS message_id,
    event,
    moment AS timestamp,
    moment + INTERVAL 1 HOUR AS local_time,
    CASE WHEN is_message THEN lower(split_part(event, ' ', 1)) WHEN is_support THEN 'support' ELSE place END AS channel,
    CASE WHEN is_message THEN 'engagement' WHEN is_support THEN 'support' WHEN event LIKE 'Order%' THEN 'purchase'
        ELSE 'web' END AS category,
    CASE WHEN NOT is_message AND NOT is_support THEN printf('s%011d', v) END AS session_id,
    CASE WHEN event LIKE 'Order%' THEN printf('o%011d', v) END AS order_id,
    CAST(CASE event WHEN 'Order Completed' THEN round((5 + product * 0.03) * CASE WHEN reduced THEN 0.8 ELSE 1 END, 2)
        WHEN 'Order Refunded' THEN -round(5 + u(number, 9) * 60, 2) END AS DECIMAL(18, 4)) AS revenue,
    CAST(CASE WHEN event = 'Order Completed' AND reduced THEN round((5 + product * 0.03) * 0.2, 2) END
        AS DECIMAL(18, 4)) AS discount,
    printf('sku-%04d', product) AS product_id,
    printf('category %02d', product % 12) AS product_category,
    CASE WHEN event = 'Page Viewed' THEN printf('page %d', hash(who + k) % 7) WHEN event = 'Product Viewed'
        THEN 'product' WHEN event = 'Products Searched' THEN 'search' END AS page_category,
    CASE WHEN is_message THEN printf('x%012d', CASE WHEN is_delivery THEN number ELSE v * 5 END) END AS send_id,
    CASE WHEN is_message THEN printf('topic %d', hash(v * 5 + CASE WHEN is_delivery THEN k ELSE 0 END) % 6) END
        AS topic,
    CASE WHEN is_message THEN printf('format %d', hash(v * 7) % 3) END AS format,
    CASE WHEN is_message AND hash(v * 11) % 3 > 0 THEN printf('offer %d', hash(v * 11) % 3) END AS offer_type,
    CASE WHEN is_support THEN printf('t%011d', v) END AS ticket_id,
    CASE WHEN event = 'Support Ticket Opened' THEN printf('about %d', v % 5) END AS support_category,
    'p' || left(md5(CAST(who AS VARCHAR)), 15) AS profile_id,
    weight
FROM line JOIN planned USING (event)
ORDER BY moment, number
