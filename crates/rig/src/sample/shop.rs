//! The rows of schema `shop`: customers, cards, products, orders, tickets, keys.

use super::check_digit::card;
use super::copy::Copy;
use super::date::{DAY, Day, Moment, TODAY};
use super::person::Person;
use super::random::Random;
use super::ticket;

const CUSTOMERS: i64 = 6_000;
const PRODUCTS: i64 = 400;
const ORDERS: i64 = 9_600;
const TICKETS: i64 = 2_400;
const KEYS: i64 = 60;

/// The customers, with what other tables need of them.
pub(super) struct Customers {
    /// Everyone; the place in the list plus one is the id.
    pub(super) people: Vec<Person>,
    /// Card id and number of each customer who has one.
    cards: Vec<Option<(i64, String)>>,
    /// Orders and money of the last 90 days.
    pub(super) recent: Vec<(i64, i64)>,
}

/// Writes customers and cards.
pub(super) fn customers(out: &mut String, random: &mut Random, rows: &mut usize) -> Customers {
    let people: Vec<Person> = (1..=CUSTOMERS).map(|id| Person::invent(random, id)).collect();
    let mut copy = Copy::begin(
        out,
        "shop.customer (id, given_name, family_name, email, phone, street, postal_code, city, country, birth_date, \
         national_id, national_id_kind, locale, marketing_consent, profile, created_at)",
    );
    for (person, id) in people.iter().zip(1..) {
        let knows_id = random.chance(70);
        copy.row()
            .put(id)
            .put(person.given)
            .put(person.family)
            .put(&person.email)
            .maybe(random.chance(85).then_some(&person.phone))
            .put(&person.street)
            .put(&person.postal_code)
            .put(person.city)
            .put(person.locale.country)
            .maybe(random.chance(90).then_some(person.birth))
            .maybe(knows_id.then_some(&person.national_id))
            .maybe(knows_id.then_some(person.national_id_kind))
            .put(person.locale.tag)
            .put(random.chance(40))
            .put(profile(random, person))
            .put(moment(random, 1_400, 400))
            .end();
    }
    *rows += copy.finish();

    let mut copy =
        Copy::begin(out, "shop.payment_card (id, customer_id, holder, number, brand, expires, added_at)");
    let mut next = 0;
    let mut cards = Vec::new();
    for (person, customer) in people.iter().zip(1_i64..) {
        if !random.chance(72) {
            cards.push(None);
            continue;
        }
        next += 1;
        let (brand, number) = card(random);
        let expires = format!("{:02}/{}", random.between(1, 12), random.between(26, 31));
        let added = moment(random, 390, 30);
        copy.row()
            .put(next)
            .put(customer)
            .put(person.name())
            .put(&number)
            .put(brand)
            .put(expires)
            .put(added)
            .end();
        cards.push(Some((next, number)));
    }
    *rows += copy.finish();
    Customers { recent: vec![(0, 0); people.len()], people, cards }
}

fn profile(random: &mut Random, person: &Person) -> String {
    let newsletter = random.chance(30);
    let theme = random.pick(&["light", "dark"]);
    let device = random.word("0123456789abcdef", 16);
    let address = format!("203.0.113.{}", random.between(1, 254));
    let partner = if random.chance(12) {
        format!(r#","emergency_contact":{{"name":"{}","phone":"{}"}}"#, person.given, person.phone)
    } else {
        String::new()
    };
    let health = if random.chance(5) { r#","notes":["allergic to nuts","uses a wheelchair"]"# } else { "" };
    format!(
        r#"{{"theme":"{theme}","newsletter":{newsletter},"devices":[{{"id":"{device}","last_ip":"{address}"}}]{partner}{health}}}"#
    )
}

/// Writes products and returns their prices in cents.
pub(super) fn products(out: &mut String, random: &mut Random, rows: &mut usize) -> Vec<i64> {
    const THINGS: [&str; 20] = [
        "Kettle",
        "Desk Lamp",
        "Backpack",
        "Running Shoes",
        "Rain Jacket",
        "Chef's Knife",
        "Teapot",
        "Notebook",
        "Headphones",
        "Wool Blanket",
        "Water Bottle",
        "Garden Shears",
        "Yoga Mat",
        "Espresso Cup",
        "Bicycle Bell",
        "Frying Pan",
        "Umbrella",
        "Phone Case",
        "Puzzle 1000",
        "Board Game",
    ];
    const LINES: [&str; 10] =
        ["Alpine", "Basic", "Classic", "Délice", "Eco", "Nordic", "Pro", "Retro", "Señorita", "Zürich"];
    let mut copy = Copy::begin(out, "shop.product (id, sku, name, description, price, stock, tags)");
    let mut prices = Vec::new();
    for id in 1..=PRODUCTS {
        let (line, thing) = (random.pick(&LINES), random.pick(&THINGS));
        let cents = random.between(3, 180) * 100 - 5;
        prices.push(cents);
        let tags = random.pick(&["{}", "{new}", "{sale,\"last pieces\"}", "{gift}", "{outdoor,summer}"]);
        copy.row()
            .put(id)
            .put(format_args!("{}-{id:04}", random.word("BCDFGHKLMNPRST", 3)))
            .put(format_args!("{line} {thing}"))
            .maybe(random.chance(80).then(|| format!("{thing} of our {line} line.\nTwo years of warranty.")))
            .put(money(cents))
            .put(random.between(0, 900))
            .put(tags)
            .end();
    }
    *rows += copy.finish();
    prices
}

/// Writes orders and their items over the last twelve months.
pub(super) fn orders(
    out: &mut String,
    random: &mut Random,
    rows: &mut usize,
    customers: &mut Customers,
    prices: &[i64],
) {
    let mut items = String::new();
    let mut item_copy = Copy::begin(
        &mut items,
        "shop.order_item (order_id, placed_at, line, product_id, quantity, unit_price)",
    );
    let mut copy =
        Copy::begin(out, "shop.orders (id, placed_at, customer_id, card_id, status, ship_to, note)");
    for id in 1..=ORDERS {
        // A few regulars order much of it, as in every shop.
        let range = if random.chance(35) { CUSTOMERS / 10 } else { CUSTOMERS };
        let place = usize::try_from(random.below(range.unsigned_abs())).unwrap_or(0);
        let Some(person) = customers.people.get(place) else { continue };
        let placed = moment(random, 364, 0);
        let card = customers.cards.get(place).and_then(|card| card.as_ref().map(|card| card.0));
        let is_recent = placed.0 > TODAY.at(0).0 - 90 * DAY;
        let status = random.pick(&["shipped", "shipped", "shipped", "shipped", "returned", "cancelled"]);
        let status =
            if is_recent && random.chance(30) { random.pick(&["new", "paid", "packed"]) } else { status };
        let gift =
            random.chance(6).then(|| format!("a present for {}, please no invoice in the box", person.given));
        copy.row()
            .put(id)
            .put(placed)
            .put(place + 1)
            .maybe(card)
            .put(status)
            .put(format_args!("{}, {}, {} {}", person.name(), person.street, person.postal_code, person.city))
            .maybe(gift)
            .end();
        let mut total = 0;
        for line in 1..=random.between(1, 3) {
            let product = usize::try_from(random.below(prices.len() as u64)).unwrap_or(0);
            let price = prices.get(product).copied().unwrap_or(0);
            let quantity = random.pick(&[1, 1, 1, 2, 3]);
            total += price * quantity;
            item_copy
                .row()
                .put(id)
                .put(placed)
                .put(line)
                .put(product + 1)
                .put(quantity)
                .put(money(price))
                .end();
        }
        if is_recent && let Some((count, spent)) = customers.recent.get_mut(place) {
            *count += 1;
            *spent += total;
        }
    }
    *rows += copy.finish() + item_copy.finish();
    out.push_str(&items);
    out.push_str("SELECT setval('shop.invoice_number', 109601) \\g /dev/null\n");
}

/// Writes support tickets. `staff` is the number of employees.
pub(super) fn tickets(
    out: &mut String,
    random: &mut Random,
    rows: &mut usize,
    customers: &Customers,
    staff: i64,
) {
    let mut copy = Copy::begin(
        out,
        "shop.ticket (id, customer_id, opened_at, channel, subject, body, status, assigned_to)",
    );
    for id in 1..=TICKETS {
        let place = usize::try_from(random.below(customers.people.len() as u64)).unwrap_or(0);
        let Some(person) = customers.people.get(place) else { continue };
        let card =
            customers.cards.get(place).and_then(Option::as_ref).map_or("4000000000000002", |card| &card.1);
        let (subject, body) = ticket::write(random, person, card);
        copy.row()
            .put(id)
            .maybe(random.chance(92).then_some(place + 1))
            .put(moment(random, 360, 0))
            .put(random.pick(&["email", "email", "chat", "phone", "form"]))
            .put(subject)
            .put(body)
            .put(random.pick(&["open", "waiting", "closed", "closed", "closed"]))
            .maybe(random.chance(60).then(|| random.between(1, staff)))
            .end();
    }
    *rows += copy.finish();
}

/// Writes the API keys of services that the shop uses. Each is shaped like the real thing and opens nothing.
pub(super) fn api_keys(out: &mut String, random: &mut Random, rows: &mut usize) {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut copy =
        Copy::begin(out, "shop.api_key (id, owner, service, key, scopes, created_at, last_used_at)");
    for id in 1..=KEYS {
        let (service, prefix, length) = random.pick(&[
            ("payments", "pay_test_", 24),
            ("mail", "SM.", 43),
            ("maps", "mp", 37),
            ("storage", "AKEXAMPLE", 11),
            ("chat", "chat-0000-", 32),
        ]);
        copy.row()
            .put(id)
            .put(random.pick(&["web", "warehouse", "marketing", "data", "ops"]))
            .put(service)
            .put(format_args!("{prefix}{}", random.word(LETTERS, length)))
            .put(random.pick(&["{read}", "{read,write}", "{admin}"]))
            .put(moment(random, 900, 100))
            .maybe(random.chance(75).then(|| moment(random, 90, 0)))
            .end();
    }
    *rows += copy.finish();
}

/// A moment between so many days ago.
pub(super) fn moment(random: &mut Random, from: i64, to: i64) -> Moment {
    Day(TODAY.0 - random.between(to, from)).at(random.between(0, DAY - 1))
}

/// Cents as a decimal number.
pub(super) fn money(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
