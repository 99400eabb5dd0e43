//! Passwords and their hashes.
//!
//! False friends: hashes of files and commits (no scheme in front), times when a password was changed.

use model::Class;

use super::pattern::{Where, any};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

const fn text(name: &'static str, regex: &'static str, min: usize, max: usize) -> Pattern {
    Pattern { name, regex, check: any, chance: 0.0005, place: Where::Text, min, max }
}

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::PasswordHash,
    names: Names {
        sure: "paswoord|aktuelles passwort|password attuale|aktualne haslo|mot de passe actuel|hash hasla|skrot hasla|\
            clave usuario|hash contrasena|mot passe|contrasena actual|huidig wachtwoord|obecne haslo|senha atual|password|\
            passwords|password hash|passwordhash|hashed password|encrypted password|password digest|passhash|pass hash|\
            user password|user pass|userpassword|passwort|password salt|salted password|old password|new password|\
            current password|temp password|temporary password|password plain|password encrypted|password clear|\
            password history|passphrase|login password|hash password|pw hash|pwhash|salt|password sha|password md5|\
            crypted password|password confirmation|kennwort|passwort hash|mot de passe|motdepasse|mdp|contrasena|\
            clave acceso|senha|senha hash|palavra passe|wachtwoord|wachtwoord hash|haslo|haslo hash|losenord|passord|\
            salasana|heslo|parola|password value|secret answer|security answer|security question answer|password verifier|\
            verifier password|ha1|ha1b|password ha1|digest ha1|nt hash|lm hash|ntlm hash|unix password|shadow password|\
            cleartext password|clear password|plain password|password text|password plaintext|password secret|password key|\
            password sha1|password sha256|password sha512|password bcrypt|bcrypt|bcrypt hash|argon2|argon2 hash|scrypt hash|\
            scram secret|scram verifier|salt hash|password salt hash|hash salt|user salt|pass salt|passwd salt|pwd salt|\
            password crypt|crypt password|ldap password|db password|database password|smtp password|imap password|\
            pop3 password|ftp password|sftp password|ssh password|admin password|root password|wifi password|wlan password|\
            wpa password|api user password|http password|proxy password|auth password|account password|master password|\
            initial password|default password user|one time password hash|previous password|previous passwords|\
            last password|password old|password new|password1|password2|passwd1|benutzerpasswort|nutzerpasswort|\
            anmeldepasswort|login passwort|zugangspasswort|passwort alt|passwort neu|altes passwort|neues passwort|\
            passwort salt|passworthash|passwort klartext|geheimfrage|sicherheitsfrage|sicherheitsfrage antwort|\
            code secret utilisateur|ancien mot de passe|ancien mot passe|nouveau mot de passe|nouveau mot passe|\
            mot de passe hache|mot passe hache|hash mot de passe|hash mot passe|empreinte mot de passe|empreinte mot passe|\
            sel mot de passe|question secrete|reponse secrete|contrasena hash|contrasena cifrada|contrasena encriptada|\
            contrasena anterior|contrasena nueva|nueva contrasena|hash de contrasena|clave hash|clave cifrada|\
            clave encriptada|clave anterior|clave de usuario|clave de acceso|pregunta secreta|pregunta seguridad|\
            respuesta seguridad|senha criptografada|senha cifrada|senha anterior|senha nova|nova senha|hash senha|\
            hash da senha|senha usuario|senha acesso|palavra passe hash|palavra chave utilizador|pergunta secreta|\
            pergunta seguranca|resposta seguranca|password cifrata|password criptata|password precedente|password nuova|\
            vecchia password|nuova password|hash della password|parola d ordine|parola ordine|parola chiave utente|\
            domanda segreta|domanda sicurezza|risposta segreta|risposta sicurezza|wachtwoordhash|wachtwoord versleuteld|\
            oud wachtwoord|nieuw wachtwoord|vorig wachtwoord|wachtwoord gebruiker|geheime vraag|geheim antwoord|\
            beveiligingsvraag|beveiligingsantwoord|haslo uzytkownika|haslo zaszyfrowane|zaszyfrowane haslo|stare haslo|\
            nowe haslo|poprzednie haslo|skrot hasla uzytkownika|sol hasla|pytanie zabezpieczajace|odpowiedz zabezpieczajaca|\
            pytanie pomocnicze|odpowiedz na pytanie",
        likely: "passwd hash|hash pass|pass|pswd|pword|security question|rolpassword",
        hint: "hash|digest|clave|shadow|verifier",
    },
    holds: Holds::TEXT.or(Holds::BINARY).or(Holds::JSON),
    patterns: &[
        text("bcrypt", r"\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{53}", 59, 60),
        text("argon2", r"\$argon2(?:id|i|d)\$[ -~]{20,200}", 28, 210),
        text("scrypt", r"\$(?:scrypt|7|s[01]|yescrypt|y|gy)\$[./A-Za-z0-9$=+,]{20,200}", 24, 210),
        text(
            "unix_crypt",
            r"\$(?:1|5|6|apr1|md5|sha1)\$(?:rounds=[0-9]{1,9}\$)?[./A-Za-z0-9]{0,16}\$[./A-Za-z0-9]{22,86}",
            26,
            130,
        ),
        text(
            "pbkdf2",
            r"\bpbkdf2[_:-]sha(?:1|224|256|384|512)[$:][0-9]{1,8}[$:][A-Za-z0-9+/=.]{4,64}[$:][A-Za-z0-9+/=.]{16,128}",
            40,
            240,
        ),
        text(
            "django_hash",
            r"\b(?:bcrypt_sha256|bcrypt|argon2|scrypt|sha1|md5|unsalted_md5|pbkdf2_sha256)\$[A-Za-z0-9./$=+,]{20,200}",
            24,
            230,
        ),
        text(
            "pbkdf2_mcf",
            r"\$pbkdf2(?:-sha(?:1|256|512))?\$[0-9]{1,8}\$[./A-Za-z0-9+=]{4,64}\$[./A-Za-z0-9+=]{16,128}",
            32,
            230,
        ),
        text(
            "scram",
            r"\bSCRAM-SHA-(?:1|256|512)\$[0-9]{1,9}:[A-Za-z0-9+/=]{8,64}\$[A-Za-z0-9+/=]{28,96}:[A-Za-z0-9+/=]{28,96}",
            70,
            280,
        ),
        text(
            "ldap_hash",
            r"\{(?:SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|PBKDF2[A-Z0-9-]*)\}[A-Za-z0-9+/=.$]{16,140}",
            20,
            170,
        ),
        text("phpass", r"\$[PH]\$[./A-Za-z0-9]{31}\b", 34, 34),
        Pattern {
            name: "postgres_md5",
            regex: r"\bmd5[0-9a-f]{32}\b",
            check: any,
            chance: 0.005,
            place: Where::Text,
            min: 35,
            max: 35,
        },
    ],
    examples: Examples {
        named: &[
            "password",
            "PasswordHash",
            "pwd",
            "user_pass",
            "encrypted_password",
            "passwort",
            "senha",
            "hasło",
        ],
        unnamed: &[
            "password_changed_at",
            "password_expires",
            "is_password_set",
            "password_reset_sent_at",
            "passport",
            "pass_count",
            "compass",
        ],
        values: &[
            "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW",
            "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b27Yg",
            "pbkdf2_sha256$260000$abcdefgh1234$qIaGXm3nqYtO4mMDGJRlwRnzA1eQ9o8yxyY3oJQ7yZ0=",
            "md5d41d8cd98f00b204e9800998ecf8427e",
            "{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3",
            "$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/",
        ],
        friends: &["d41d8cd98f00b204e9800998ecf8427e", "$12.50", "sha256:abc", "$1$2$3"],
    },
};
