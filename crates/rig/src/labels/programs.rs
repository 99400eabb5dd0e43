//! Which programs' schemas there are, and what each list of them is for. It reads none of them.

/// Names of programs, and the text of each one's file.
pub(super) type Programs = [(&'static str, &'static str)];

/// Schemas that are counted only: nobody looks at mistakes in them.
pub(super) const COUNTED: [(&str, &str); 9] = [
    ("gnu_health", include_str!("real/gnu_health.txt")),
    ("mediawiki", include_str!("real/mediawiki.txt")),
    ("oscar", include_str!("real/oscar.txt")),
    ("powerdns", include_str!("real/powerdns.txt")),
    ("pretix", include_str!("real/pretix.txt")),
    ("request_tracker", include_str!("real/request_tracker.txt")),
    ("roundcube", include_str!("real/roundcube.txt")),
    ("synapse", include_str!("real/synapse.txt")),
    ("tt_rss", include_str!("real/tt_rss.txt")),
];

/// Schemas of other programs, whose mistakes recognisers are improved by.
pub(super) const FIRST: [(&str, &str); 18] = [
    ("davical", include_str!("real_dev/davical.txt")),
    ("django_helpdesk", include_str!("real_dev/django_helpdesk.txt")),
    ("edx_enterprise", include_str!("real_dev/edx_enterprise.txt")),
    ("ejabberd", include_str!("real_dev/ejabberd.txt")),
    ("ghost", include_str!("real_dev/ghost.txt")),
    ("gnumed", include_str!("real_dev/gnumed.txt")),
    ("indico", include_str!("real_dev/indico.txt")),
    ("ledgersmb", include_str!("real_dev/ledgersmb.txt")),
    ("lino", include_str!("real_dev/lino.txt")),
    ("logto", include_str!("real_dev/logto.txt")),
    ("medusa", include_str!("real_dev/medusa.txt")),
    ("opal", include_str!("real_dev/opal.txt")),
    ("openimis", include_str!("real_dev/openimis.txt")),
    ("pretalx", include_str!("real_dev/pretalx.txt")),
    ("redmine", include_str!("real_dev/redmine.txt")),
    ("vendure", include_str!("real_dev/vendure.txt")),
    ("wger", include_str!("real_dev/wger.txt")),
    ("wordpress", include_str!("real_dev/wordpress.txt")),
];

/// Those that came later: labelled, and counted once, before recognisers were improved by them as well.
pub(super) const SECOND: [(&str, &str); 16] = [
    ("bottlecrm", include_str!("real_dev/bottlecrm.txt")),
    ("byro", include_str!("real_dev/byro.txt")),
    ("clinicedc", include_str!("real_dev/clinicedc.txt")),
    ("ephios", include_str!("real_dev/ephios.txt")),
    ("froide", include_str!("real_dev/froide.txt")),
    ("hyperkitty", include_str!("real_dev/hyperkitty.txt")),
    ("juntagrico", include_str!("real_dev/juntagrico.txt")),
    ("keystone", include_str!("real_dev/keystone.txt")),
    ("lfs", include_str!("real_dev/lfs.txt")),
    ("lnbits", include_str!("real_dev/lnbits.txt")),
    ("mailman", include_str!("real_dev/mailman.txt")),
    ("misago", include_str!("real_dev/misago.txt")),
    ("omop", include_str!("real_dev/omop.txt")),
    ("openmrs", include_str!("real_dev/openmrs.txt")),
    ("privacyidea", include_str!("real_dev/privacyidea.txt")),
    ("zou", include_str!("real_dev/zou.txt")),
];

/// Clinics, and programs of the kinds that the counted ones are of.
pub(super) const THIRD: [(&str, &str); 18] = [
    ("bugsink", include_str!("real_dev/bugsink.txt")),
    ("canaille", include_str!("real_dev/canaille.txt")),
    ("canvas", include_str!("real_dev/canvas.txt")),
    ("care", include_str!("real_dev/care.txt")),
    ("designate", include_str!("real_dev/designate.txt")),
    ("djangowiki", include_str!("real_dev/djangowiki.txt")),
    ("horde", include_str!("real_dev/horde.txt")),
    ("icinga", include_str!("real_dev/icinga.txt")),
    ("longclaw", include_str!("real_dev/longclaw.txt")),
    ("mailbox", include_str!("real_dev/mailbox.txt")),
    ("mautrix_telegram", include_str!("real_dev/mautrix_telegram.txt")),
    ("miniflux", include_str!("real_dev/miniflux.txt")),
    ("newsletter", include_str!("real_dev/newsletter.txt")),
    ("openemr", include_str!("real_dev/openemr.txt")),
    ("openhospital", include_str!("real_dev/openhospital.txt")),
    ("postman", include_str!("real_dev/postman.txt")),
    ("superset", include_str!("real_dev/superset.txt")),
    ("zammad", include_str!("real_dev/zammad.txt")),
];

/// Those that were kept back until recognisers had been improved by all the others, and counted once then.
pub(super) const FOURTH: [(&str, &str); 6] = [
    ("basiclive", include_str!("real_dev/basiclive.txt")),
    ("calibreweb", include_str!("real_dev/calibreweb.txt")),
    ("ipg_hrms", include_str!("real_dev/ipg_hrms.txt")),
    ("kea", include_str!("real_dev/kea.txt")),
    ("lemur", include_str!("real_dev/lemur.txt")),
    ("shuup", include_str!("real_dev/shuup.txt")),
];

/// Those that were taken to try words of a dictionary on, and counted before and after that.
pub(super) const FIFTH: [(&str, &str); 11] = [
    ("admidio", include_str!("real_dev/admidio.txt")),
    ("appointment", include_str!("real_dev/appointment.txt")),
    ("care2x", include_str!("real_dev/care2x.txt")),
    ("cartridge", include_str!("real_dev/cartridge.txt")),
    ("cm_portal", include_str!("real_dev/cm_portal.txt")),
    ("danceschool", include_str!("real_dev/danceschool.txt")),
    ("orangehrm", include_str!("real_dev/orangehrm.txt")),
    ("postfixadmin", include_str!("real_dev/postfixadmin.txt")),
    ("school", include_str!("real_dev/school.txt")),
    ("skolo", include_str!("real_dev/skolo.txt")),
    ("vertical_medical", include_str!("real_dev/vertical_medical.txt")),
];

/// Those that were labelled when the fifth had been used, and counted before anybody looked at a mistake in them.
pub(super) const SIXTH: [(&str, &str); 5] = [
    ("allauth", include_str!("real_dev/allauth.txt")),
    ("dossier", include_str!("real_dev/dossier.txt")),
    ("ehr_portal", include_str!("real_dev/ehr_portal.txt")),
    ("labelstudio", include_str!("real_dev/labelstudio.txt")),
    ("oauth_toolkit", include_str!("real_dev/oauth_toolkit.txt")),
];

/// Those that were labelled and counted when the sixth had been used, mostly of what is harmless.
pub(super) const SEVENTH: [(&str, &str); 3] = [
    ("bacula", include_str!("real_dev/bacula.txt")),
    ("mayan", include_str!("real_dev/mayan.txt")),
    ("phpbb", include_str!("real_dev/phpbb.txt")),
];

/// All that recognisers are improved by, each list with its name.
pub(super) const DEVELOPED: [(&str, &Programs); 7] = [
    ("first", &FIRST),
    ("second", &SECOND),
    ("third", &THIRD),
    ("fourth", &FOURTH),
    ("fifth", &FIFTH),
    ("sixth", &SIXTH),
    ("seventh", &SEVENTH),
];
