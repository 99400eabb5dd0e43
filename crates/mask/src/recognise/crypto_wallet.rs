//! Addresses of crypto wallets.
//!
//! False friends: hashes of transactions and of Git, random ids of the same length.

use model::Class;

use super::check::entropy;
use super::pattern::{Where, any};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::CryptoWallet,
    names: Names {
        sure: "adresse ethereum|adres portfela|adres ethereum|kryptoadresse|ethereum adres|indirizzo bitcoin|direccion wallet|\
            endereco carteira btc|bitcoin adres|indirizzo wallet|portafoglio crypto|wallet|wallet address|crypto wallet|\
            crypto address|bitcoin address|btc address|eth address|ethereum address|wallet public key|walletaddress|\
            xrp address|usdt address|bitcoin wallet|deposit address crypto|blockchain address|wallet adresse|\
            portefeuille crypto|billetera|carteira cripto|portfel krypto|wallet addr|wallet id address|wallet hash address|\
            btc wallet|btc addr|eth wallet|eth addr|ether address|sol address|solana address|solana wallet|ltc address|\
            litecoin address|doge address|dogecoin address|bch address|ada address|cardano address|trx address|tron address|\
            bnb address|xmr address|monero address|xrp wallet|ripple address|dot address|polkadot address|avax address|\
            matic address|polygon address|usdc address|erc20 address|trc20 address|token wallet|coin address|coin wallet|\
            cryptocurrency address|cryptocurrency wallet|crypto wallet address|blockchain wallet|blockchain addr|\
            public wallet address|receiving address crypto|deposit wallet|deposit wallet address|withdrawal wallet|\
            withdraw address|withdrawal wallet address|payout wallet|payout wallet address|wallet payout|custodial wallet|\
            custody address|hot wallet address|cold wallet address|ledger address|metamask|metamask address|ens name|\
            wallet xpub|xpub|extended public key|wallet adresse btc|bitcoin adresse|bitcoinadresse|btc adresse|eth adresse|\
            ethereum adresse|krypto wallet|krypto adresse|krypto konto|wallet kennung|walletadresse|kryptowallet|\
            kryptowaehrung adresse|brieftasche adresse|adresse bitcoin|adresse btc|adresse eth|adresse wallet|\
            adresse crypto|adresse portefeuille|portefeuille bitcoin|portefeuille numerique|portefeuille electronique|\
            adresse portefeuille crypto|portefeuille eth|portefeuille btc|adresse blockchain|direccion bitcoin|\
            direccion btc|direccion ethereum|direccion eth|direccion cripto|direccion billetera|direccion monedero|\
            billetera cripto|billetera bitcoin|billetera digital|monedero|monedero cripto|monedero bitcoin|monedero digital|\
            monedero electronico|cartera cripto|cartera bitcoin|direccion blockchain|endereco bitcoin|endereco btc|\
            endereco ethereum|endereco eth|endereco cripto|endereco carteira|endereco da carteira|endereco wallet|\
            carteira bitcoin|carteira digital|carteira crypto|carteira btc|carteira eth|carteira criptomoedas|\
            endereco blockchain|indirizzo btc|indirizzo ethereum|indirizzo eth|indirizzo crypto|indirizzo cripto|\
            indirizzo portafoglio|indirizzo blockchain|portafoglio bitcoin|portafoglio cripto|portafoglio digitale|\
            portafoglio elettronico|portafoglio btc|portafoglio eth|wallet cripto|cryptoadres|crypto adres|bitcoinadres|\
            btc adres|eth adres|ethereumadres|wallet adres|walletadres|crypto portemonnee|cryptoportemonnee|cryptowallet|\
            bitcoin portemonnee|digitale portemonnee|blockchain adres|adres bitcoin|adres btc|adres eth|adres krypto|\
            adres kryptowalutowy|adres portfela krypto|adres portfela bitcoin|portfel bitcoin|portfel btc|portfel eth|\
            portfel kryptowalut|portfel kryptowalutowy|portfel cyfrowy|adres blockchain",
        likely: "btc|eth address hash|payout address|withdrawal address|deposit address",
        hint: "eth|xmr|from address|to address",
    },
    holds: Holds::TEXT,
    patterns: &[
        Pattern {
            name: "ethereum_address",
            regex: r"\b0x[0-9a-fA-F]{40}\b",
            check: is_random,
            chance: 0.02,
            place: Where::Text,
            min: 42,
            max: 42,
        },
        Pattern {
            name: "bitcoin_bech32",
            regex: r"\b(?:bc1|tb1|ltc1)[02-9ac-hj-np-z]{38,59}\b",
            check: any,
            chance: 0.001,
            place: Where::Text,
            min: 42,
            max: 63,
        },
        Pattern {
            name: "bitcoin_base58",
            regex: r"\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b",
            check: is_base58,
            chance: 0.05,
            place: Where::Text,
            min: 26,
            max: 35,
        },
    ],
    examples: Examples {
        named: &["wallet_address", "btcAddress", "crypto_wallet"],
        unnamed: &["wallet_id", "wallet_balance", "wallet_type"],
        values: &[
            "0x52908400098527886E0F7030069857D2E4169EE7",
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
        ],
        friends: &[
            "0x0000000000000000000000000000000000000000",
            "1234567890123456789012345678",
            "356a192b7913b04c54574d18c28d46e6395428ab",
        ],
    },
};

fn is_random(text: &[u8]) -> bool {
    entropy(text) > 2.5
}

fn is_base58(text: &[u8]) -> bool {
    let has = |test: fn(&u8) -> bool| text.iter().any(test);
    has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_digit)
        && entropy(text) > 3.8
}
