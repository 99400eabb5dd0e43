-- The sample shop: tables and types. Rows follow by COPY, then `after.sql`.
SET ROLE gate_owner;
SET client_min_messages = warning;

CREATE SCHEMA shop;
CREATE SCHEMA hr;
CREATE SCHEMA ml;
COMMENT ON SCHEMA shop IS 'customers, orders and what they pay with';
COMMENT ON SCHEMA hr IS 'the people who work here';
COMMENT ON SCHEMA ml IS 'features and training runs';

CREATE TYPE shop.order_status AS ENUM ('new', 'paid', 'packed', 'shipped', 'returned', 'cancelled');
CREATE TYPE ml.run_status AS ENUM ('queued', 'running', 'finished', 'failed');
CREATE DOMAIN shop.email AS text CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+$');
CREATE SEQUENCE shop.invoice_number START 100001;

CREATE TABLE shop.customer (
    id bigint PRIMARY KEY,
    given_name text NOT NULL,
    family_name text NOT NULL,
    email shop.email NOT NULL,
    phone text,
    street text,
    postal_code text,
    city text,
    country char(2) NOT NULL,
    birth_date date,
    national_id text,
    national_id_kind text,
    locale text NOT NULL,
    marketing_consent boolean NOT NULL DEFAULT false,
    profile jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz
);

CREATE TABLE shop.payment_card (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL,
    holder text NOT NULL,
    number text NOT NULL,
    brand text NOT NULL,
    expires text NOT NULL,
    added_at timestamptz NOT NULL
);

CREATE TABLE shop.product (
    id integer PRIMARY KEY,
    sku text NOT NULL,
    name text NOT NULL,
    description text,
    price numeric(10, 2) NOT NULL CHECK (price >= 0),
    stock integer NOT NULL,
    tags text[] NOT NULL DEFAULT '{}'
);

CREATE TABLE shop.price_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id integer NOT NULL,
    old_price numeric(10, 2),
    new_price numeric(10, 2),
    changed_by text NOT NULL DEFAULT current_user,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE shop.orders (
    id bigint NOT NULL,
    placed_at timestamptz NOT NULL,
    customer_id bigint NOT NULL,
    card_id bigint,
    status shop.order_status NOT NULL DEFAULT 'new',
    ship_to text,
    note text,
    PRIMARY KEY (id, placed_at)
) PARTITION BY RANGE (placed_at);

CREATE TABLE shop.order_item (
    order_id bigint NOT NULL,
    placed_at timestamptz NOT NULL,
    line integer NOT NULL,
    product_id integer NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price numeric(10, 2) NOT NULL,
    PRIMARY KEY (order_id, placed_at, line)
) PARTITION BY RANGE (placed_at);

-- One partition a month from 2025-07 to 2026-06, and one for the rest.
DO $$
DECLARE
    month date;
BEGIN
    FOR month IN SELECT generate_series(date '2025-07-01', date '2026-06-01', interval '1 month') LOOP
        EXECUTE format('CREATE TABLE shop.orders_%s PARTITION OF shop.orders FOR VALUES FROM (%L) TO (%L)',
            to_char(month, 'YYYY_MM'), month || ' 00:00+00', (month + interval '1 month')::date || ' 00:00+00');
        EXECUTE format('CREATE TABLE shop.order_item_%s PARTITION OF shop.order_item FOR VALUES FROM (%L) TO (%L)',
            to_char(month, 'YYYY_MM'), month || ' 00:00+00', (month + interval '1 month')::date || ' 00:00+00');
    END LOOP;
END
$$;
CREATE TABLE shop.orders_other PARTITION OF shop.orders DEFAULT;
CREATE TABLE shop.order_item_other PARTITION OF shop.order_item DEFAULT;

CREATE TABLE shop.ticket (
    id bigint PRIMARY KEY,
    customer_id bigint,
    opened_at timestamptz NOT NULL,
    channel text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    status text NOT NULL,
    assigned_to integer
);

CREATE TABLE shop.api_key (
    id integer PRIMARY KEY,
    owner text NOT NULL,
    service text NOT NULL,
    key text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz
);

CREATE TABLE hr.employee (
    id integer PRIMARY KEY,
    name text NOT NULL,
    email shop.email NOT NULL,
    title text NOT NULL,
    department text NOT NULL,
    manager_id integer,
    salary numeric(10, 2) NOT NULL,
    iban text NOT NULL,
    birth_date date NOT NULL,
    national_id text NOT NULL,
    hired_on date NOT NULL
);

CREATE TABLE hr.review (
    id integer PRIMARY KEY,
    employee_id integer NOT NULL,
    year integer NOT NULL,
    rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
    comment text
);

CREATE TABLE ml.customer_feature (
    customer_id bigint PRIMARY KEY,
    orders_90d integer NOT NULL,
    spend_90d numeric(12, 2) NOT NULL,
    days_since_order integer,
    churn_score real NOT NULL,
    embedding real[] NOT NULL,
    computed_at timestamptz NOT NULL
);

CREATE TABLE ml.training_run (
    id integer PRIMARY KEY,
    model text NOT NULL,
    dataset text NOT NULL,
    owner text NOT NULL,
    status ml.run_status NOT NULL,
    hyperparameters jsonb NOT NULL,
    metrics jsonb,
    started_at timestamptz,
    finished_at timestamptz
);

CREATE TABLE ml.training_example (
    id integer PRIMARY KEY,
    run_id integer NOT NULL,
    customer_id bigint,
    prompt text NOT NULL,
    completion text NOT NULL
);

