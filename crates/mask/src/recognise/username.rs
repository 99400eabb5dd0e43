//! Names that somebody logs in with, and handles of social networks.
//!
//! False friends: names of database roles in settings, `user_id`, `login_count`.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Username,
    names: Names {
        sure: "nome utilizador|utenza|nutzername|loginnaam|clave usuario login|\
            username|user name|usernames|login name|loginname|login id|user login|userlogin|nickname|nick name|screen name|screenname|\
            account name user|user handle|twitter handle|twitter username|instagram handle|github username|github login|\
            twitter|skype|skype id|telegram|telegram username|instagram username|logon name|logonname|samaccountname|social handle|\
            slack username|discord username|linkedin|linkedin url|facebook|facebook url|instagram|github|wechat|tiktok|line id|\
            benutzername|anmeldename|benutzerkennung|loginname|nom utilisateur|nom d utilisateur|identifiant connexion|pseudo|\
            nombre usuario|nombre de usuario|usuario login|nome usuario|nome de usuario|nome utente|utente login|\
            gebruikersnaam|inlognaam|nazwa uzytkownika|login uzytkownika|anvandarnamn|brukernavn|kayttajanimi|user account name",
        likely: "nombre mostrado|nom affiche|nome visualizzato|weergavenaam|anzeigename|angezeigter name|\
            id usuario|apodo|surnom|soprannome|bijnaam|spitzname|przydomek|alcunha|pseudonimo|\
            pseudonim|sobrenombre|\
            account name|\
            login|nick|handle|logon|userid login|uname|usrname|user alias|identifiant|usuario|utente|uzytkownik|gebruiker|benutzer|slack|discord|twitch|reddit|icq|aim|msn|yim|matrix id|xmpp|jabber",
        hint: "userid|account name|alias|principal|changed by|created by|updated by|modified by|deleted by|created by user|performed by|author login|user|uid|owner|member|actor",
    },
    holds: Holds::TEXT,
    patterns: &[],
    examples: Examples {
        named: &[
            "username",
            "userName",
            "LOGIN_NAME",
            "benutzername",
            "nom_utilisateur",
            "twitter_handle",
            "screenName",
        ],
        unnamed: &["user_id", "login_count", "last_login", "login_attempts", "login_at"],
        values: &[],
        friends: &[],
    },
};
