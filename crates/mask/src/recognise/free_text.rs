//! Text that people wrote, in which anything may stand. It is scanned on the way out, not hidden whole.
//!
//! False friends: descriptions of products and of settings, texts of templates, messages of logs.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::FreeText,
    names: Names {
        sure: "commentaar|annotazione|promemoria|anotacao|mémo|memorando|\
            notes internes|descricao livre|internal comment|interner kommentar|comentario interno|\
            commentaire interne|interne opmerking|komentarz wewnetrzny|\
            notes|note|comment|comments|remark|remarks|free text|freetext|message body|message text|messages body|email body|\
            mail body|transcript|chat message|chat log|chat text|feedback|complaint text|review text|biography|bio|about me|\
            about myself|memo|internal notes|internal note|staff notes|customer notes|customer note|private notes|private message|\
            additional info|additional information|additional notes|special instructions|delivery instructions|order notes|\
            customer message|user comment|description of incident|cover letter|resume|resume text|cv text|testimonial|\
            inquiry|enquiry|question text|answer text|conversation|sms text|sms body|utterance|body text|bodytext|reply text|\
            personal statement|curriculum vitae|case notes|call notes|agent notes|review body|comment text|comment body|\
            bemerkung|bemerkungen|notiz|notizen|kommentar|kommentare|anmerkung|anmerkungen|freitext|nachricht|mitteilung|hinweis kunde|\
            commentaire|commentaires|remarque|remarques|observations|note libre|notes libres|texte libre|\
            comentario|comentarios|observaciones|nota|notas|mensaje|anotaciones|texto libre|\
            observacoes|observacao|mensagem|anotacoes|comentarios cliente|\
            commento|commenti|osservazioni|annotazioni|appunti|messaggio|testo libero|\
            opmerking|opmerkingen|notitie|notities|bericht|toelichting|\
            uwagi|uwaga|komentarz|komentarze|notatka|notatki|wiadomosc|kommentti|huomautus",
        likely: "subject|summary|details|content|signature|\
            body|message|text|review|reply|answer|content text|instructions|prompt|completion|response text|reason text|incident description|feedback text|post content|post body|signature text|about|summary text|subject line|complaint|status message|caption|wall post|tweet|motivation|excuse|explanation",
        hint: "description|content|details|subject|summary|info|reason|data|payload|response|request|raw|texto|texte|testo|tekst|tresc|opis|beschreibung|descripcion|descricao|descrizione|omschrijving|inhalt|contenu|contenido|conteudo|contenuto|inhoud|query|input|output|question|observation|statement",
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
