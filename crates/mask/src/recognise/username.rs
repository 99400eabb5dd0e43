//! Names that somebody logs in with, and handles of social networks.
//!
//! False friends: names of database roles in settings, `user_id`, `login_count`.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Username,
    names: Names {
        sure: "im address|imaddress|im handle|im account|user mxid|sender mxid|custom mxid|nome utilizador|utenza|nutzername|loginnaam|clave usuario login|username|user name|usernames|login name|\
            loginname|login id|user login|userlogin|nickname|nick name|screen name|screenname|account name user|user handle|\
            twitter handle|twitter username|instagram handle|github username|github login|twitter|skype|skype id|telegram|\
            telegram username|instagram username|logon name|logonname|samaccountname|social handle|slack username|\
            discord username|linkedin|linkedin url|facebook|facebook url|instagram|github|wechat|tiktok|line id|\
            benutzername|anmeldename|benutzerkennung|loginname|nom utilisateur|nom d utilisateur|identifiant connexion|\
            pseudo|nombre usuario|nombre de usuario|usuario login|nome usuario|nome de usuario|nome utente|utente login|\
            gebruikersnaam|inlognaam|nazwa uzytkownika|login uzytkownika|anvandarnamn|brukernavn|kayttajanimi|\
            user account name|sign in name|signin name|sign on name|signon name|logon id|login account|account login|\
            account username|account user name|user account|account handle|public name|gamertag|gamer tag|player tag|\
            xbox gamertag|psn id|steam id|steam name|steam username|net id|netid|unix name|unix login|unix user|ldap uid|\
            ldap login|ldap username|ad account|ad username|ad login|domain account|domain user|domain username|\
            windows login|windows username|sam account|sam account name|user login name|user code login|jid|bluesky|\
            mastodon|snapchat|pinterest|youtube|youtube channel|youtube handle|soundcloud|xing|vkontakte|weibo|wechat id|\
            qq number|signal username|threads handle|matrix handle|matrix user|irc nick|irc nickname|gitlab username|gitlab|\
            bitbucket username|social media handle|social media account|social media username|social username|\
            social account|fb username|ig handle|ig username|twitter account|twitter name|instagram account|instagram name|\
            facebook account|facebook username|facebook name|skype name|skype username|telegram handle|telegram name|\
            telegram nick|discord handle|discord tag|discord name|twitch username|twitch name|reddit username|\
            tiktok username|tiktok handle|github account|github handle|slack handle|login alias|alias user|username alias|\
            user nick|user nickname|nick user|forum username|chat nick|handle name|user handle name|os user|db user|\
            database user|ftp user|ftp username|smtp user|smtp username|sftp user|sftp username|ssh user|proxy user|\
            auth user|http user|admin user|admin username|basic auth user|anmeldekennung|anmelde name|anmelde kennung|\
            login kennung|loginkennung|logon kennung|benutzerlogin|benutzer login|benutzer name|benutzerkonto|nutzerkennung|\
            nutzerkonto|nutzer name|kontoname benutzer|profilname|mitgliedsname|accountname|account kennung|zugangskennung|\
            zugangsname|zugang name|userkennung|benutzerkuerzel|nickname user|netzwerkname benutzer|einlogname|foren name|\
            chatname|nom connexion|nom de connexion|nom connexion utilisateur|identifiant utilisateur|\
            identifiant de connexion|identifiant compte|identifiant client web|nom compte|nom de compte|compte utilisateur|\
            pseudonyme|pseudo utilisateur|pseudo joueur|nom profil|nom de profil|code utilisateur|nom session|\
            nom de session|login utilisateur|utilisateur login|id connexion|compte connexion|nom usager|nom d usager|\
            code usager|usuario acceso|usuario sistema|usuario web|nombre acceso|cuenta usuario|cuenta de usuario|\
            login usuario|identificador usuario|nick usuario|nombre perfil|nombre de perfil|alias usuario|seudonimo|\
            nombre inicio sesion|nombre de inicio de sesion|inicio sesion usuario|codigo usuario|usuario conexion|\
            nombre cuenta usuario|apodo usuario|nombre de cuenta|utilizador|nome acesso|nome de acesso|nome login|\
            nome de login|login acesso|login utilizador|usuario acesso|conta usuario|conta utilizador|conta de utilizador|\
            apelido usuario|nome perfil|nome de perfil|identificador utilizador|codigo utilizador|nome conta|\
            nome de utilizador|alcunha usuario|pseudonimo usuario|nome account|nome di login|account utente|codice utente|\
            identificativo utente|nome accesso|nome di accesso|nome profilo|nome del profilo|nickname utente|utente accesso|\
            utente sistema|login accesso|login utente|nome utenza|codice utenza|credenziale utente|nome connessione|\
            pseudonimo utente|soprannome utente|inlog|inlogaccount|inlogcode|inlogid|inlog naam|inlognaam gebruiker|\
            gebruikersaccount|gebruikerscode|gebruikernaam|gebruikers naam|accountnaam|login naam|aanmeldnaam|\
            aanmeldingsnaam|schermnaam|profielnaam|schuilnaam|gebruikersidentificatie|gebruikerslogin|loginnaam gebruiker|\
            nazwa logowania|nazwa konta|konto uzytkownika|identyfikator uzytkownika|identyfikator logowania|ksywa|\
            nazwa profilu|nazwa konta uzytkownika|kod uzytkownika|login konta|login klienta|login pracownika|nazwa loginu|\
            nick uzytkownika|pseudonim uzytkownika|uzytkownik login|user identifier|user ident",
        likely: "nombre mostrado|nom affiche|nome visualizzato|weergavenaam|anzeigename|angezeigter name|id usuario|apodo|surnom|\
            soprannome|bijnaam|spitzname|przydomek|alcunha|pseudonimo|pseudonim|sobrenombre|account name|login|nick|handle|\
            logon|userid login|uname|usrname|user alias|identifiant|usuario|utente|uzytkownik|gebruiker|benutzer|slack|\
            discord|twitch|reddit|icq|aim|msn|yim|matrix id|xmpp|jabber|profile name",
        hint: "mxid|userid|account name|alias|principal|created by user|performed by|author login|user|uid|owner|member|actor",
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
