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
        sure: "correo e|adresse messagerie|indirizzo posta elettronica|email|emails|email address|email addr|mail address|\
            mailaddress|emailid|email id|primary email|contact email|work email|user email|customer email|smtp address|\
            smtp addr|courriel|adresse email|adresse mail|adresse courriel|mel|adresse electronique|correo|\
            correo electronico|direccion correo|direccion email|endereco email|correio eletronico|indirizzo email|\
            indirizzo mail|posta elettronica|pec|emailadresse|email adresse|mailadresse|e mail adres|emailadres|mailadres|\
            adres email|adres mailowy|poczta elektroniczna|epost|epostadress|sahkoposti|recovery email|paypal email|\
            reply to|replyto|mail from|rcpt to|unverified email|new email|normalized email|email normalized|mail addr|\
            e mail address|email address 1|email1|email2|email 1|email 2|email primary|email secondary|secondary email|\
            alternate email|alternative email|alt email|other email|backup email|business email|company email|office email|\
            private email|personal email|home email|email home|email work|email private|email personal|email business|\
            email contact|contact mail|email user|email customer|billing email|email billing|invoice email|email invoice|\
            shipping email|order email|guest email|recipient email|recipient mail|recipient email address|\
            sender email address|sender mail|email sender|email recipient|email to|email from|email cc|email bcc|\
            notification email|notify email|alert email|support email|admin email|admin mail|owner email|author email|\
            employee email|student email|parent email|guardian email|doctor email|patient email|member email|\
            subscriber email|login email|account email|registered email|registration email|verified email|confirmed email|\
            pending email|old email|previous email|email old|email new|email hash|email canonical|canonical email|\
            email lower|lower email|email encrypted|email full|raw email|mail user|user mail|mail primary|primary mail|\
            email address hash|from email address|to email address|cc email address|reply email|reply to email|\
            reply email address|bounce email|delivery email|student mail|work mail|private mail|mailing address email|\
            google email|apple email|facebook email|linkedin email|github email|commit email|committer email|email login|\
            recipients email|emailadr|mailadr|e mailadresse|email adr|mail adr|mail privat|mail dienstlich|email privat|\
            email dienstlich|email geschaeftlich|email arbeit|private mailadresse|kontakt email|kontakt mail|kontaktmail|\
            kundenmail|kunden email|rechnungsmail|rechnungs email|absender email|absenderadresse email|absender mail|\
            empfaenger email|empfaenger mail|benutzer email|benutzermail|mail adresse|mailanschrift|email anschrift|\
            email kontakt|email kunde|mail perso|mail pro|mail professionnel|mail personnel|mail client|mail contact|\
            email client|email perso|email pro|email professionnel|email personnel|adresse mail perso|adresse mail pro|\
            adresse de messagerie|messagerie|courriel client|courriel personnel|courriel professionnel|\
            adresse courriel client|adel|email destinataire|email expediteur|mail destinataire|mail expediteur|\
            correo personal|correo trabajo|correo corporativo|correo contacto|correo cliente|correo usuario|\
            correo principal|correo alternativo|correo institucional|direccion de correo|direccion correo electronico|\
            direccion electronica|email trabajo|email contacto|email cliente|email usuario|email corporativo|mail contacto|\
            mail cliente|correos|correo facturacion|email facturacion|correio|correio electronico|endereco eletronico|\
            endereco electronico|endereco de email|email pessoal|email trabalho|email comercial|email contato|\
            email utilizador|email alternativo|email cobranca|e mail pessoal|posta|casella posta|casella email|\
            casella postale elettronica|casella di posta|indirizzo di posta|indirizzo di posta elettronica|indirizzo pec|\
            pec email|posta certificata|posta elettronica certificata|email personale|email lavoro|email aziendale|\
            email contatto|email utente|mail personale|mail aziendale|mail lavoro|email fatturazione|recapito email|\
            mail prive|mail werk|email prive|email werk|emailadres prive|emailadres werk|mailadres prive|mailadres werk|\
            e mailadres|elektronisch adres|elektronisch postadres|email klant|email contactpersoon|mail klant|factuur email|\
            emailadres klant|mail firmowy|mail prywatny|mail sluzbowy|email firmowy|email prywatny|email sluzbowy|\
            email klienta|email kontaktowy|adres poczty|adres poczty elektronicznej|adres e mail|adres email klienta|\
            adres elektroniczny|skrzynka pocztowa|skrzynka mailowa|skrzynka email|mail kontaktowy|mail klienta|recipient cc|\
            recipient bcc|ticket cc|cc recipients|bcc recipients|cc list|bcc list|cc emails|bcc emails|mail cc|mail bcc|\
            notify cc|cc addresses|bcc addresses|emails to|emails cc|email list|email addresses|mail recipients|\
            mail recipient|mail sender|mail to|mail receiver|receiver email|receiver mail|addressee email|to emails|\
            from emails|notify emails|notification emails|notification mail|alert mail|report email|invited email|\
            invitee email|inviter email|invited user email|requester email|submitter email|reporter email|contact mails|\
            subscriber mail|subscription email|unsubscribed email|bounced email|blocked email|email normalised|\
            normalised email|email local part",
        likely: "mail|mailbox|sender email|from email|to email|cc email|bcc email|from address|to address|recipients|bcc|upn|\
            user principal name|apple id|skype live id|invitee|gmail|poczta",
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
