//! What opens a door: keys of well-known issuers, private keys, tokens, connection strings.
//!
//! False friends: hashes of files and commits, UUIDs, publishable keys, random ids. A value that is merely random is a
//! secret only where the name says so.

use model::Class;

use super::check::entropy;
use super::pattern::{Where, any};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

const fn issuer(name: &'static str, regex: &'static str, min: usize) -> Pattern {
    Pattern { name, regex, check: any, chance: 0.0005, place: Where::Text, min, max: 400 }
}

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Secret,
    names: Names {
        sure: "sqlalchemy uri|database uri|db uri|connection uri|broker url|redis url|amqp url|adminkey|admin key|inkey|invoice key|read key|write key|code hash|pin hash|key enc|key encrypted|encrypted blob|encrypted credentials|encrypted data|encrypted value|recovery code hash|otp code hash|recoverycode|respuesta secreta|sicherheitsantwort|toegangstoken|resposta secreta|api schlussel|geheimer schluessel|\
            secret client|secreto cliente|tajny klucz|sekret klienta|segredo cliente|secret|secrets|secret key|secretkey|\
            client secret|clientsecret|api key|apikey|api keys|api secret|api token|apitoken|access token|accesstoken|\
            refresh token|auth token|authtoken|bearer token|session token|session key|sessionid|private key|privatekey|\
            ssh key|ssh private key|signing key|encryption key|master key|access key|accesskey|access key id|\
            secret access key|webhook secret|shared secret|oauth token|oauth secret|id token|jwt|jwt token|reset token|\
            password reset token|reset password token|confirmation token|verification token|activation token|activation key|\
            remember token|invite token|invitation token|csrf token|totp secret|otp secret|mfa secret|two factor secret|\
            recovery code|recovery codes|backup code|backup codes|licence key|connection string|dsn|database url|credential|\
            credentials|keystore|private pem|token hash|token secret|service account key|app secret|consumer secret|\
            push token|device token|fcm token|apns token|magic link|otp|otp code|one time password|seed phrase|mnemonic|\
            api schluessel|geheimnis|zugangsdaten|cle api|cle privee|cle secrete|jeton|clave api|clave secreta|\
            clave privada|chave api|chave secreta|chiave api|chiave privata|chiave segreta|geheime sleutel|api sleutel|\
            klucz api|klucz prywatny|api credential|kms key|hmac key|aws secret|stripe key|bot token|unlock token|\
            authentication token|private token|token value|totp key|otp key|mfa key|twofa key|2fa key|2fa secret|\
            two factor key|authenticator secret|authenticator key|auth secret|auth token secret|login token|signin token|\
            sign in token|magic token|sso token|saml key|oauth access token|oauth refresh token|user token|\
            personal access token|access token secret|access token hash|refresh token hash|session secret|session hash|\
            session token hash|cookie secret|jwt secret|hmac secret|signing secret|webhook key|webhook token|bot secret|\
            app key secret|application secret|application key|client key secret|consumer key|api password|api pass|\
            api passphrase|private api key|server key|device secret|pairing code|pairing key|unlock key|recovery key|\
            recovery token|recovery phrase|backup key|restore key|seed words|mnemonic phrase|wallet seed|private wallet key|\
            encrypted key|encrypted secret|encrypted token|encryption secret|encryption passphrase|data encryption key|dek|\
            kek|wrapped key|key material|key secret|ssl key|tls key|ssl private key|tls private key|pem key|rsa private key|\
            rsa key|pgp private key|gpg private key|ssh private|one time token|one time code|otp token|otp hash|sms otp|\
            email token|email verification token|email verification code|email confirmation token|phone verification code|\
            verify token|verify code|verification key|validation token|validation key|unsubscribe token|opt in token|\
            invite key|invite hash|invitation key|reset key|reset hash|reset code|password reset code|password reset key|\
            password reset|passwordreset|forgot password token|forgotten password code|activation hash|activation secret|\
            account token|authorization token|authorization code|auth hash|auth cookie|login hash|login key|\
            remember me token|remember hash|persistence token|persistence code|security token|security key|csrf secret|\
            xsrf token|nonce secret|smtp secret|storage key|storage secret|s3 secret|aws secret key|aws access key|\
            aws access key id|azure key|gcp key|google api key|stripe secret|stripe secret key|paypal secret|slack token|\
            slack webhook|github token|gitlab token|twilio token|sendgrid key|mailgun key|deploy key private|deploy token|\
            registry token|npm token|license secret|serial secret|vault token|root token|passcode|pass code|door code|\
            alarm code|gate code|safe code|entry code|access pin|secret phrase|secret word|secret code|secret value|\
            secret token|token secret key|zugangscode|zugriffstoken|zugriffsschluessel|sicherheitscode|\
            sicherheitsschluessel|bestaetigungscode|verifizierungscode|aktivierungscode|aktivierungsschluessel|\
            freischaltcode|einmalcode|einmalpasswort|wiederherstellungscode|sitzungsschluessel|sitzungstoken|sitzungs token|\
            privater schluessel|verschluesselungsschluessel|geheimschluessel|geheimes token|clientgeheimnis|jeton acces|\
            jeton d acces|jeton session|jeton rafraichissement|jeton api|cle acces|cle d acces|cle secrete api|\
            cle chiffrement|cle de chiffrement|cle activation|cle session|code activation|code verification|\
            code confirmation|code acces|code usage unique|secret client api|phrase secrete|code secret|codigo acceso|\
            codigo de acceso|codigo activacion|codigo verificacion|codigo confirmacion|codigo recuperacion|\
            codigo un solo uso|clave acceso api|clave cifrado|clave encriptacion|clave sesion|clave activacion|token acceso|\
            token de acceso|token sesion|token actualizacion|secreto|secreto api|frase secreta|palabra secreta|\
            codigo acesso|codigo de acesso|codigo ativacao|codigo verificacao|codigo confirmacao|codigo recuperacao|\
            chave acesso|chave de acesso|chave criptografia|chave encriptacao|chave sessao|chave ativacao|token acesso|\
            token de acesso|token sessao|segredo|segredo api|palavra secreta|codice accesso|codice di accesso|\
            codice attivazione|codice verifica|codice conferma|codice recupero|codice monouso|chiave accesso|\
            chiave di accesso|chiave crittografia|chiave cifratura|chiave sessione|chiave attivazione|token accesso|\
            token di accesso|token sessione|segreto|parola segreta|frase segreta|codice segreto|toegangscode|\
            toegangssleutel|activatiecode|activatiesleutel|verificatiecode|bevestigingscode|herstelcode|eenmalige code|\
            sessiesleutel|sessietoken|prive sleutel|privesleutel|versleutelingssleutel|api geheim|geheim|geheime code|\
            geheime zin|kod dostepu|kod aktywacyjny|kod weryfikacyjny|kod potwierdzenia|kod jednorazowy|kod odzyskiwania|\
            klucz dostepu|klucz szyfrujacy|klucz szyfrowania|klucz sesji|klucz aktywacyjny|token dostepu|token sesji|\
            tajny kod|haslo jednorazowe|sekret|tajny token|psk|pre shared key|preshared key|tls psk|wifi psk|wpa key|\
            wep key|wifi key|wlan key|snmp community|community string|sessionid hash|phpsessid|session cookie|auth session|\
            sso session|login session id|access hash|private hash|link token|share token|sharing token|share key|\
            access link token|public token secret|download token|upload token|feed token|feed key|rss token|rss key|\
            calendar token|calendar feed key|ical token|stream key|stream token|room key|room password token|\
            meeting passcode|meeting password token|join token|pairing token|device auth token|enrollment token|\
            enrolment token|registration token|registration key|claim token|approval token|callback secret|\
            integration token|integration key|integration secret|provider token|provider secret|merchant key|\
            merchant secret|gateway key|gateway secret|checksum key|crypt key|crypto key|cipher key|aes key|blowfish key|\
            master secret|root key|root secret|sealed secret|secret blob|secret data|secrets json|credential value|\
            credential secret|credentials json|service account json|keyfile|key file password|keytab|kerberos key|\
            ssh password|certificate private key|cert private key|private certificate|p12|pfx|pkcs12|jks|totp seed|\
            totp token|otp seed|hotp secret|mfa seed|mfa code|mfa token|two fa secret|two factor code|two factor token|\
            google authenticator secret|yubikey secret|recovery keys|recovery tokens|backup tokens|scratch codes|\
            scratch code|emergency codes|u2f key|webauthn key|passkey data",
        likely: "token|tokens|auth key|unlock code|verification code|auth code|invite code token|cert key|key hash|auth|passkey|\
            session data|authorization|activation code|confirmation code|access code|sms code|payment token|card token|\
            gateway token|totp|hotp|join code",
        hint: "key|hash|code|session id|session|nonce|value|authentication|signature|chave|clave|schluessel|cle|chiave|sleutel|\
            klucz",
    },
    holds: Holds::TEXT.or(Holds::BINARY).or(Holds::UUID).or(Holds::JSON),
    patterns: &[
        issuer("aws_access_key", r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b", 20),
        issuer("github_token", r"\bgh[pousr]_[A-Za-z0-9]{36,251}\b|\bgithub_pat_[A-Za-z0-9_]{60,100}\b", 40),
        issuer("gitlab_token", r"\bgl(?:pat|dt|rt|cbt|ptt|soat|ft)-[A-Za-z0-9_-]{20,64}", 26),
        issuer(
            "slack_token",
            r"\bxox[abposr]-[A-Za-z0-9-]{10,80}|\bxapp-[0-9]-[A-Z0-9]{8,14}-[0-9]{10,14}-[a-z0-9]{40,70}|\bhooks\.slack\.com/services/T[A-Z0-9]{6,12}/B[A-Z0-9]{6,12}/[A-Za-z0-9]{20,28}",
            14,
        ),
        issuer("stripe_key", r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,120}\b|\bwhsec_[A-Za-z0-9]{24,64}\b", 24),
        issuer(
            "google_key",
            r"\bAIza[A-Za-z0-9_-]{35}|\bGOCSPX-[A-Za-z0-9_-]{28}|\bya29\.[A-Za-z0-9_-]{30,250}",
            34,
        ),
        issuer("anthropic_key", r"\bsk-ant-[A-Za-z0-9]{2,12}-[A-Za-z0-9_-]{24,120}", 32),
        issuer(
            "openai_key",
            r"\bsk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{20,180}|\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\b|\bsk-[A-Za-z0-9]{48}\b",
            28,
        ),
        issuer("npm_token", r"\bnpm_[A-Za-z0-9]{36}\b", 40),
        issuer("pypi_token", r"\bpypi-AgE[A-Za-z0-9_-]{30,250}", 38),
        issuer("sendgrid_key", r"\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}", 52),
        issuer("twilio_sid", r"\b(?:SK|AC)[0-9a-f]{32}\b", 34),
        issuer("mailgun_key", r"\bkey-[0-9a-z]{32}\b", 36),
        issuer(
            "azure_key",
            r"\bAccountKey=[A-Za-z0-9+/]{80,90}={0,2}|\bSharedAccessKey=[A-Za-z0-9+/]{40,50}={0,2}",
            50,
        ),
        issuer("digitalocean_token", r"\bdo[opr]_v1_[0-9a-f]{64}\b", 71),
        issuer("huggingface_token", r"\bhf_[A-Za-z0-9]{30,40}\b", 33),
        issuer("shopify_token", r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b", 38),
        issuer("telegram_bot_token", r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}", 44),
        issuer("square_token", r"\bEAAA[A-Za-z0-9_-]{60}|\bsq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}", 29),
        issuer("vault_token", r"\bhv[sbr]\.[A-Za-z0-9_-]{24,200}", 28),
        issuer("grafana_token", r"\bgl(?:sa|c)_[A-Za-z0-9_=+/]{32,400}", 37),
        issuer(
            "private_key_pem",
            r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s:,.-]{0,8192}",
            27,
        ),
        Pattern {
            name: "jwt",
            regex: r"\beyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{4,4000}\.[A-Za-z0-9_-]{0,1000}",
            check: any,
            chance: 0.0005,
            place: Where::Text,
            min: 22,
            max: 7000,
        },
        Pattern {
            name: "connection_string",
            regex: r#"\b[a-z][a-z0-9+.-]{1,20}://[A-Za-z0-9._%+~-]{0,64}:[^\s@/:]{1,128}@[A-Za-z0-9.\[\]:_-]{1,255}(?:/[^\s"'<>]{0,200})?"#,
            check: any,
            chance: 0.0005,
            place: Where::Text,
            min: 12,
            max: 500,
        },
        Pattern {
            name: "password_in_settings",
            regex: r#"\b(?i:password|passwd|pwd)=[^\s;&"']{3,128}"#,
            check: any,
            chance: 0.005,
            place: Where::Text,
            min: 7,
            max: 140,
        },
        Pattern {
            name: "random_token",
            regex: r"[A-Za-z0-9_-]{2,20}[_.-][A-Za-z0-9+/_=-]{20,512}|[A-Za-z0-9+/_=.-]{32,512}",
            check: is_random,
            chance: 0.3,
            place: Where::Column,
            min: 22,
            max: 540,
        },
    ],
    examples: Examples {
        named: &[
            "api_key",
            "clientSecret",
            "ACCESS_TOKEN",
            "private_key",
            "reset_password_token",
            "jwt",
            "clé_api",
        ],
        unnamed: &[
            "token_type",
            "token_count",
            "secretary",
            "token_expires_at",
            "primary_key",
            "key_id",
            "public_key",
        ],
        values: &[
            concat!("AKIA", "IOSFODNN7EXAMPLE"),
            concat!("ghp_", "abcdefghijklmnopqrstuvwxyz0123456789"),
            concat!("xoxb-", "123456789012-abcdefghijkl"),
            concat!("sk_", "live_4eC39HqLyjWDarjtT1zdp7dc"),
            concat!("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxIn0.", "c2lnbmF0dXJl"),
            concat!("postgres://app:", "s3cret@db.example.com/main"),
            concat!("-----BEGIN ", "PRIVATE KEY-----"),
            concat!("sk-ant-", "api03-abcdefghijklmnopqrstuvwxyz"),
        ],
        friends: &[
            "d41d8cd98f00b204e9800998ecf8427e",
            "550e8400-e29b-41d4-a716-446655440000",
            "https://example.com/path",
            "https://example.com:8080/a@b",
            "pk_live_4eC39HqLyjWDarjtT1zdp7dc",
            "v1.2.3-alpha",
        ],
    },
};

/// Mixed letters and digits without a pattern; hexadecimal hashes and UUIDs are not meant.
fn is_random(text: &[u8]) -> bool {
    let has = |test: fn(&u8) -> bool| text.iter().any(test);
    has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && entropy(text) > 4.0
}
