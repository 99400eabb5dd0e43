//! E-mail addresses.
//!
//! False friends: `user@host` of SSH and message ids, package names with a scope (`@scope/name`), `email_count`, `email_type`.

use model::Class;

use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Email,
    names: Names {
        sure: "correo e|adresse messagerie|indirizzo posta elettronica|\
            email|emails|email address|email addr|mail address|mailaddress|emailid|email id|primary email|contact email|\
            work email|user email|customer email|smtp address|smtp addr|courriel|adresse email|adresse mail|adresse courriel|mel|\
            adresse electronique|correo|correo electronico|direccion correo|direccion email|endereco email|correio eletronico|\
            indirizzo email|indirizzo mail|posta elettronica|pec|emailadresse|email adresse|mailadresse|e mail adres|emailadres|\
            mailadres|adres email|adres mailowy|poczta elektroniczna|epost|epostadress|sahkoposti|recovery email|paypal email|\
            reply to|replyto|mail from|rcpt to|unverified email|new email|normalized email|email normalized",
        likely: "mail|mailbox|sender email|from email|to email|cc email|bcc email|from address|to address|recipients|bcc|\
            upn|user principal name|apple id|skype live id|invitee|gmail|poczta",
        hint: "cc|sender|recipient|from|to|recipient address|contact|login|username|user name|mails",
    },
    holds: Holds::TEXT,
    patterns: &[Pattern {
        name: "email",
        regex: r"\b[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}\b",
        check: is_address,
        chance: 0.001,
        place: Where::Text,
        min: 6,
        max: 254,
    }],
    examples: Examples {
        named: &[
            "email",
            "EMAIL_ADDR",
            "custEmail",
            "e-mail",
            "correo_electronico",
            "E_Mail_Adresse",
            "usr_mail_address",
        ],
        unnamed: &[
            "email_count",
            "email_verified_at",
            "is_email_public",
            "email_template",
            "email_type",
            "email_sent",
        ],
        values: &["alice@example.com", "o'neil+news@mail.example.co.uk", "x_1@sub-domain.example.org"],
        friends: &["@scope/package", "user@localhost", "1.2.3@beta", "a@b", "git@host:path"],
    },
};

fn is_address(text: &[u8]) -> bool {
    !text.windows(2).any(|pair| pair == b"..") && !text.windows(2).any(|pair| pair == b".@")
}
