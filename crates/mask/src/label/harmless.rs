//! Words that make a name harmless: what is counted, chosen, switched or written about something, and what stands on web pages.
//! It holds lists only; which name they make harmless the lexicon decides.

/// Words that make of what stands before them something about it: `email_count`, `phone_type`, `name_id`.
pub(super) const HEADS: &str = "country|checked|blocked|url|uri|link|zoom|media|seconds|minutes|hours|days|ms|all|check|count|counts|type|kind|at|on|id|ids|status|state flag|verified|confirmed|enabled|disabled|public|template|sent|\
    format|version|length|len|size|flag|currency|currencies|required|valid|validated|visible|hidden|order|position|index|idx|rank|\
    category|label|mask|regex|pattern|provider|service|server|host|port|domain|queue|subject|token count|min|max|minimum|maximum|\
    avg|average|sum|total|limit|rate|ratio|percent|score|level|band|bracket|range|bucket|changed|updated|created|deleted|expires|\
    expiry|expiration|expired|opened|clicked|bounced|delivered|attempts|retries|by|method|source|channel|language|locale|timezone|\
    policy|rule|group|preference|preferences|opt|consent|notification|notifications|frequency|field|column|name type|placeholder|\
    brand|issuer|network|scheme|product|model|uuid|guid|lamp|lamps|plan|tier|team|style|color|colour|theme|width|height|icon|class|schema|table|set|list id|\
    mode|step|phase|priority|reason code|error|result|hint|attribute|attr|units|operator|alg|algorithm|timestamp|timestamps|emission|pages|folder|directory|dir|path|approved|rejected|pk|fk|seq|hostname|certificate|is|anzahl|typ|art|nombre type|tipo|tipologia|soort|rodzaj|liczba|cantidad|\
    quantidade|quantita|aantal|ilosc|sent at|verified at|since|until|from|to|last|next|expires at|last4|last 4|country code|app version";

/// Words in front that make of what follows a bound or something else.
pub(super) const LEADS: &str = "fk|attr|attribute|max|min|maximum|minimum|cache|avg|average|mean|median|total|sum|count|number|default|third|union|unique|distinct|last|\
    stawka|stopa|taux|tasso|aliquota|type|typ|tipo|tipologia|soort|rodzaj|art|mode|statut|status|nb|anzahl|aantal|liczba|ilosc|cantidad|quantidade";

/// Words in front that make a name a yes or no.
pub(super) const QUESTIONS: &str = "is|has|have|was|can|should|must|allow|allows|allowed|enable|show|hide|use|uses|requires|require|needs|send|notify|\
    accepts|accept|wants|want|no|not|ist|hat|tiene|heeft|czy";

/// All words that are known here.
pub(super) const WORDS: [&str; 3] = [HEADS, LEADS, QUESTIONS];

/// What looks like a class and is none.
pub(super) const FRIENDS: &str = "storage key|object key|file key|amount to pay|to pay|salary month|salary year|pay month|payroll month|in reply to|in reply|time signature|address family|age rating|nota fiscal|memory address|pay date|pay period|pay run|\
    stop reason|drop reason|invalid reason|exit reason|error reason|failure reason|fail reason|end reason|finish reason|source detail|\
    bank name|exceeded reason|signed response|encrypted response|ddns|fax pages|page count";

/// What is put before or behind a name and says nothing.
pub(super) const ORNAMENTS: &str = "c|f|t|s|p|v|n|x|fld|col|str|txt|val|new|old|tbl|field|cached|raw|lower|upper|lc|uc|normalized|normalised|canonical|orig|original|encrypted|enc|masked|sanitized|trimmed|utf8|kana|ascii|redacted|alt";

/// What shows or holds something of a person, so that it is not the thing itself: `twitter_image`, `content_title`.
pub(super) const PICTURES: &str = "role|image|img|title|file|files|filename|thumbnail|banner|logo|caption|alt|key|slug|picture url|background|\
    attachment|font|button|tab|menu|page|section|widget|layout|hash|checksum|digest|encoding|charset|mime|identifier|tag|prefix|suffix|approved|app|apps|screen|view|site|ui|os|platform|consent";

/// What texts are for, when nobody wrote them about anybody.
pub(super) const PRINTED: &str = "error|exception|status|tls|ssl|cert|certificate|help|alt|button|label|landing|page|footer|header|sidebar|banner|welcome|warning|\
    seo|meta|og|html|css|terms|legal|default|widget|section|image|tooltip|placeholder|notification|success|confirmation|modal|copyright|\
    disclaimer|menu|link|homepage|home|featured|friendly|login|maintenance|consent|agreement|policy|fehler|erreur|blad|errore|erro|fout";

/// What ends like a word for a person and is none: `server_name`.
pub(super) const NO_PERSONS: &str = "server|folder|computer|number|order|user|container|printer|router|parameter|layer|provider|sensor|color|vendor|\
    error|monitor|factor|sector|identifier|character|filter|buffer|cluster|header|footer|letter|paper|chapter|newsletter|folder|loader|\
    controller|connector|parser|handler|helper|wrapper|adapter|logger|scanner|scheduler|trigger|banner|counter|center|meter|floor|door|\
    category|other|master|super|under|over|per|after|before|later|never|inner|outer|upper|lower|former|matter|register|center|river|\
    corner|theater|semester|quarter|disorder|cancer|water|flower|computer|tier|carrier|supplier|manufacturer|dealer|distributor|publisher|\
    importer|exporter|insurer|employer|processor|descriptor|selector|operator|cursor|vector|tensor|motor|anchor|editor class|indicator|\
    generator|calculator|locator|validator|separator|iterator|accelerator|detector|tracker|timer|marker|wallpaper|sticker|slider|\
    placeholder|stakeholder group|renderer|reader class|resolver|webserver|mailserver|nameserver|fileserver|driver|player game|browser|\
    committee|fee|coffee|tree|degree|guarantee|artist|list|checklist|playlist|wishlist|blacklist|whitelist|specialist|waitlist|pricelist|randomizer|optimizer|analyzer|analyser|mixer|launcher|installer|compiler|interpreter|crawler|launcher|listener|\
    pointer|carrier|corner|summer|winter|border|power|layer|member|dispatcher|compressor|sampler|tower|poller|beamer|voucher|docker|qualifier|modifier|answer|fever|ulcer|bladder|liver|finger|shoulder|tumor|tumour|fiber|fibre|mirror|tremor|odor|odour|colour|prior|major|minor|gender|\
    transfer|adder|laser|powder|blister|inhaler|pacemaker|catheter|spacer|ventilator|incubator|defibrillator|wheelchair|together|rather|either|neither|\
    higher|lower|older|younger|longer|shorter|larger|smaller|better|worse|greater|barrier|receptor|fist|wrist|cyst|caesarian|cesarian|ovarian|median|\
    vegetarian|titer|meter|liter|diameter|perimeter|caliper|twist|persist|consist|offer|refer|whether|anger|hunger|dander|air|hair|pair|chair|repair";

/// Who did something or has it, in one word that is a name where it is a text.
pub(super) const DOERS: &str = "owner|creator|assignee|author|authors|requester|requestor|submitter|reporter|uploader|editor|editors|approver|reviewer|moderator|\
    responsible|originator|initiator|organizer|organiser|modifier|updater|poster|commenter|verfasser|\
    bearbeiter|ersteller|besitzer|eigentuemer|auteur|autor|autore|propietario|proprietaire|proprietario|eigenaar|wlasciciel";

/// Of these, who stands with the name and not with a log-in name.
pub(super) const WRITERS: &str =
    "author|authors|editor|editors|reviewer|organizer|organiser|verfasser|auteur|autor|autore";

/// Deeds that somebody answers for by name; who created a row is written as a number.
pub(super) const ATTESTED: &str = "signed|printed|approved|reviewed|verified|confirmed|rejected|requested|reported|submitted|prepared|checked|\
    performed|authored|recorded|entered|authorised|authorized|witnessed|prescribed|dispensed|administered|collected|inspected|referred|\
    translated|invited|registered|acknowledged|certified by|interviewed|examined|diagnosed|completed|allocated|delegated|endorsed|recommended|\
    countersigned|validated|released|received|served|cleaned|packed|picked|counted|measured|weighed|allowed|denied|refused|screened";

/// What is done by things as well, by programs, or by whoever keeps the row.
pub(super) const UNATTESTED: &str = "created|updated|modified|changed|published|deleted|removed|canceled|cancelled|archived|inserted|sorted|ordered|\
    grouped|indexed|manufactured|produced|powered|provided|hosted|maintained|supported|generated|caused|affected|used|blocked|triggered|\
    followed|preceded|replaced|superseded|limited|filtered|partitioned|divided|multiplied|increased|decreased|required|needed|referenced|\
    linked|owned|covered|imported|exported|processed|handled|implemented|extended|called|accompanied|identified|bounded|keyed|suppressed|\
    sort|order|group|due|valid|best|use|step|stand|good|near|index|search|filter|partition|split|track|pay|cluster|identify|key|find|limit|is|can";

/// What opens a door, and where it opens it: `chat_token_slack`, `secret_production`.
pub(super) const OPENERS: &str = "token|secret|apikey";
/// Services that are talked to, and where programs run.
pub(super) const SERVICES: &str = "slack|discord|github|gitlab|bitbucket|google|telegram|mattermost|stripe|paypal|facebook|twitter|aws|azure|\
    teams|zoom|matrix|live|test|prod|production|sandbox|staging|sentry|jira|mailchimp|twilio|linkedin|microsoft|apple|android|ios";

/// What stands before who does something and changes nothing: `last_editor_name`.
pub(super) const BEFORE_DOERS: &str = "last|first|by|slug|latest|default";

/// Words that mean something at the end of a name only; before another word they tell what that is about.
pub(super) const BEFORE_OTHERS: &str = "content|text|message|body|reply|answer|subject|summary|detail|details|review|reason|auth|token|tokens|\
    authorization|prompt|completion|chat|abstract|conclusion|opinion|about|wish|greeting|discussion|cookie|cookies|card|gsm|vat|handle";

/// What mail has beside the address that it goes to.
pub(super) const OF_MAIL: &str = "name|text|information|info|configuration|config|settings|options|option|footer|header|body|message|notification|\
    notifications|signature|backend|folder|campaign|newsletter|job|log|event|events|digest|reminder|content|html|batch|queue|quota|diagnostics|usage|system|warning|domain|domains|provider|client|subject|port|host";
