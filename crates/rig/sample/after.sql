
-- What stands on the rows: keys, views, functions, triggers.
ALTER TABLE shop.customer ADD UNIQUE (email);
ALTER TABLE shop.product ADD UNIQUE (sku);
ALTER TABLE shop.payment_card ADD FOREIGN KEY (customer_id) REFERENCES shop.customer (id) ON DELETE CASCADE;
ALTER TABLE shop.price_change ADD FOREIGN KEY (product_id) REFERENCES shop.product (id) ON DELETE CASCADE;
ALTER TABLE shop.orders ADD FOREIGN KEY (customer_id) REFERENCES shop.customer (id);
ALTER TABLE shop.order_item ADD FOREIGN KEY (order_id, placed_at) REFERENCES shop.orders (id, placed_at) ON DELETE CASCADE;
ALTER TABLE shop.order_item ADD FOREIGN KEY (product_id) REFERENCES shop.product (id);
ALTER TABLE shop.ticket ADD FOREIGN KEY (customer_id) REFERENCES shop.customer (id);
ALTER TABLE hr.employee ADD FOREIGN KEY (manager_id) REFERENCES hr.employee (id);
ALTER TABLE hr.review ADD FOREIGN KEY (employee_id) REFERENCES hr.employee (id);
ALTER TABLE shop.ticket ADD FOREIGN KEY (assigned_to) REFERENCES hr.employee (id);
ALTER TABLE ml.customer_feature ADD FOREIGN KEY (customer_id) REFERENCES shop.customer (id) ON DELETE CASCADE;
ALTER TABLE ml.training_example ADD FOREIGN KEY (run_id) REFERENCES ml.training_run (id);
CREATE INDEX ON shop.orders (customer_id);
CREATE INDEX ON shop.payment_card (customer_id);
CREATE INDEX ON shop.ticket (customer_id);
CREATE INDEX ON shop.customer USING gin (profile);

CREATE VIEW shop.customer_contact AS
    SELECT id, given_name || ' ' || family_name AS name, email, phone, city, country FROM shop.customer;

CREATE VIEW shop.order_total AS
    SELECT o.id, o.placed_at, o.status, c.email AS customer_email, sum(i.quantity * i.unit_price) AS total
    FROM shop.orders o
    JOIN shop.order_item i ON i.order_id = o.id AND i.placed_at = o.placed_at
    JOIN shop.customer c ON c.id = o.customer_id
    GROUP BY o.id, o.placed_at, o.status, c.email;

CREATE VIEW hr.directory AS SELECT id, name, email, title, department FROM hr.employee;

CREATE MATERIALIZED VIEW shop.revenue_by_month AS
    SELECT date_trunc('month', placed_at, 'UTC') AS month, sum(quantity * unit_price) AS revenue, count(DISTINCT order_id) AS orders
    FROM shop.order_item GROUP BY 1;
CREATE UNIQUE INDEX ON shop.revenue_by_month (month);

CREATE FUNCTION shop.customer_age(customer shop.customer, at date DEFAULT current_date) RETURNS integer
    LANGUAGE sql STABLE
    AS $$ SELECT extract(year FROM age(at, customer.birth_date))::integer $$;

CREATE FUNCTION shop.orders_of(mail text) RETURNS SETOF shop.orders
    LANGUAGE sql STABLE
    BEGIN ATOMIC
        SELECT o.* FROM shop.orders o JOIN shop.customer c ON c.id = o.customer_id WHERE c.email = mail;
    END;

CREATE FUNCTION shop.cancel_order(wanted bigint) RETURNS shop.order_status
    LANGUAGE plpgsql
    AS $$
DECLARE
    state shop.order_status;
BEGIN
    SELECT status INTO state FROM shop.orders WHERE id = wanted FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no order %', wanted USING ERRCODE = 'no_data_found';
    ELSIF state IN ('shipped', 'returned') THEN
        RAISE EXCEPTION 'order % is % and cannot be cancelled', wanted, state
            USING ERRCODE = 'check_violation', HINT = 'ask for a return';
    END IF;
    UPDATE shop.orders SET status = 'cancelled' WHERE id = wanted;
    RAISE NOTICE 'order % cancelled', wanted;
    PERFORM pg_notify('orders', json_build_object('cancelled', wanted)::text);
    RETURN 'cancelled';
END
$$;

-- Runs with the owner's rights: whoever may call it sees the last four digits of any card.
CREATE FUNCTION shop.card_ending(card bigint) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ SELECT right(number, 4) FROM shop.payment_card WHERE id = card $$;

CREATE FUNCTION shop.note_price_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO shop.price_change (product_id, old_price, new_price) VALUES (NEW.id, OLD.price, NEW.price);
    RETURN NEW;
END
$$;
CREATE TRIGGER price_change AFTER UPDATE OF price ON shop.product
    FOR EACH ROW WHEN (OLD.price IS DISTINCT FROM NEW.price) EXECUTE FUNCTION shop.note_price_change();

CREATE FUNCTION shop.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER touch BEFORE UPDATE ON shop.customer FOR EACH ROW EXECUTE FUNCTION shop.touch();

COMMENT ON COLUMN shop.customer.national_id IS 'government identifier; `national_id_kind` says which';
COMMENT ON COLUMN hr.employee.salary IS 'EUR a year before tax';
RESET ROLE;
