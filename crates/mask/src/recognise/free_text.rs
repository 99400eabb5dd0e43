//! Text that people wrote, in which anything may stand. It is scanned on the way out, not hidden whole.
//!
//! False friends: descriptions of products and of settings, texts of templates, messages of logs.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::FreeText,
    names: Names {
        sure: "message to patient|message to customer|message to user|note to patient|note to customer|note to pharmacist|commentaar|annotazione|promemoria|anotacao|mémo|memorando|notes internes|descricao livre|internal comment|\
            interner kommentar|comentario interno|commentaire interne|interne opmerking|komentarz wewnetrzny|notes|note|\
            comment|comments|remark|remarks|free text|freetext|message body|message text|messages body|email body|mail body|\
            transcript|chat message|chat log|chat text|feedback|complaint text|review text|biography|bio|about me|\
            about myself|memo|internal notes|internal note|staff notes|customer notes|customer note|private notes|\
            private message|additional info|additional information|additional notes|special instructions|\
            delivery instructions|order notes|customer message|user comment|description of incident|cover letter|resume|\
            resume text|cv text|testimonial|inquiry|enquiry|question text|answer text|conversation|sms text|sms body|\
            utterance|body text|bodytext|reply text|personal statement|curriculum vitae|case notes|call notes|agent notes|\
            review body|comment text|comment body|bemerkung|bemerkungen|notiz|notizen|kommentar|kommentare|anmerkung|\
            anmerkungen|freitext|nachricht|mitteilung|hinweis kunde|commentaire|commentaires|remarque|remarques|\
            observations|note libre|notes libres|texte libre|comentario|comentarios|observaciones|nota|notas|mensaje|\
            anotaciones|texto libre|observacoes|observacao|mensagem|anotacoes|comentarios cliente|commento|commenti|\
            osservazioni|annotazioni|appunti|messaggio|testo libero|opmerking|opmerkingen|notitie|notities|bericht|\
            toelichting|uwagi|uwaga|komentarz|komentarze|notatka|notatki|wiadomosc|kommentti|huomautus|internal notes staff",
        likely: "plan of action|action plan|corrective action|corrective actions|preventive action|preventative action|course of action|actions taken|action taken|immediate action|measures taken|root cause|lessons learned|explained|subject|summary|details|content|signature|body|message|text|review|reply|answer|content text|instructions|\
            prompt|completion|response text|reason text|incident description|feedback text|post content|post body|\
            signature text|about|summary text|subject line|complaint|status message|caption|wall post|tweet|motivation|\
            excuse|explanation|reason|rejection reason|cancellation reason|cancel reason|decline reason|refusal reason|\
            return reason|refund reason|booking reason|ban reason|block reason|delete reason|leave reason|visit reason|\
            absence reason|close reason|closing reason|dismissal reason|termination reason|referral reason|request reason|\
            rationale|justification|discussion|conclusion|conclusions|abstract|excerpt|narrative|recommendation|\
            recommendations|suggestion|suggestions|wishes|special wishes|special requests|special request|expectations|\
            goals|objectives text|obstacles|opinion|progress notes|evaluation text|assessment text|handover notes|\
            dispatch notes|event notes|meeting notes|shift notes|interview notes|hr notes|admin notes|admin note|\
            admin comment|moderator note|moderator comment|user message|chat|chat text|chat content|post text|email content|\
            email text|mail text|mail content|letter text|letter body|letter content|greeting|greeting text|wish|dedication|\
            personal message|gift message|gift note|card message|note to|note text|note body|note content|free notes|\
            freetext field|open text|open answer|survey answer|answer freetext|additional comments|additional remarks|\
            further information|further details|extra notes|extra info|extra information|further notes|remarks internal|\
            internal remark|internal remarks|why|begruendung|grund text|stornogrund|kuendigungsgrund|ablehnungsgrund|\
            begruendungstext|notizfeld|notiztext|freitextfeld|gespraechsnotiz|gespraechsnotizen|aktennotiz|vermerk|vermerke|\
            stellungnahme|nachrichtentext|nachrichteninhalt|beschwerdetext|anfragetext|anschreiben|lebenslauf|\
            bewertungstext|rezension|erfahrungsbericht|sonderwuensche|wuensche|mitteilungstext|interne notiz|\
            interne notizen|interne bemerkung|interne bemerkungen|interner vermerk|zusatzinfo|zusatzinformation|\
            zusatzinformationen|weitere angaben|weitere informationen|hinweise|motif|motif refus|motif annulation|\
            motif demande|justification texte|precisions|precision|avis client|avis texte|texte avis|message client|\
            corps message|corps du message|contenu message|texte message|objet message|lettre motivation|annotations|\
            note interne|notes privees|remarques internes|observations internes|informations complementaires|\
            information complementaire|infos complementaires|details demande|motivo|motivo rechazo|motivo cancelacion|\
            motivo anulacion|justificacion|texto mensaje|cuerpo mensaje|contenido mensaje|texto comentario|\
            carta presentacion|carta motivacion|opinion cliente|resena|resenas|valoracion texto|nota interna|notas internas|\
            observaciones internas|informacion adicional|informacion complementaria|detalle adicional|detalles adicionales|\
            anotacion|apuntes|apunte|motivo recusa|motivo cancelamento|justificativa|texto mensagem|corpo mensagem|\
            conteudo mensagem|texto comentario livre|carta apresentacao|parecer|avaliacao texto|nota interna cliente|\
            observacoes internas|observacoes adicionais|informacao adicional|informacoes adicionais|\
            informacoes complementares|apontamento|apontamentos|recado|motivo rifiuto|motivo annullamento|motivazione|\
            giustificazione|testo messaggio|corpo messaggio|contenuto messaggio|testo commento|lettera presentazione|\
            lettera motivazionale|recensione|recensioni|testo recensione|osservazioni interne|informazioni aggiuntive|\
            informazioni supplementari|ulteriori informazioni|annotazioni interne|appunto|segnalazione|reden|\
            reden afwijzing|reden annulering|motivering|motivatie|toelichting reden|berichttekst|tekst bericht|\
            berichtinhoud|inhoud bericht|motivatiebrief|sollicitatiebrief|recensie|recensietekst|beoordeling tekst|\
            interne notitie|interne notities|interne opmerkingen|aanvullende informatie|extra informatie|bijzonderheden|\
            aantekening|aantekeningen|klachtomschrijving|vrije tekst|vrij veld|powod|powod odrzucenia|powod anulowania|\
            uzasadnienie|tresc wiadomosci|tekst wiadomosci|tresc komentarza|list motywacyjny|opinia|opinia klienta|recenzja|\
            tresc opinii|notatka wewnetrzna|notatki wewnetrzne|uwagi wewnetrzne|uwagi klienta|uwagi dodatkowe|\
            dodatkowe uwagi|dodatkowe informacje|adnotacja|adnotacje|spostrzezenia|zyczenia|tresc skargi|opis zgloszenia|\
            opis problemu|opis skargi",
        hint: "description|content|details|subject|summary|info|reason|data|payload|response|request|raw|texto|texte|testo|\
            tekst|tresc|opis|beschreibung|descripcion|descricao|descrizione|omschrijving|inhalt|contenu|contenido|conteudo|\
            contenuto|inhoud|query|input|output|question|observation|statement",
    },
    holds: Holds::TEXT.or(Holds::JSON).or(Holds::SEARCH),
    patterns: &[],
    examples: Examples {
        named: &["notes", "customerComment", "REMARKS", "bemerkung", "observaciones", "commentaire", "uwagi"],
        unnamed: &["note_count", "comment_id", "notes_enabled", "message_type", "message_id"],
        values: &[],
        friends: &[],
    },
};
