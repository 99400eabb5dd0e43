//! Names of persons. Their values have no shape of their own: names of columns, tables and a list of given names tell.
//!
//! False friends: names of products, files, hosts, companies, events; `name` alone says nothing without its table.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::PersonName,
    names: Names {
        sure: "contact person|contact persons|sname|pat name|pt name|pac nome|pat fname|pat lname|next kin|nombre nacer|nome alla nascita|nome nascita|apellido soltera|cognome nubile|nome solteira|nome solteiro|\
            second prenom|outros nomes|kompletter name|voller name|naam voluit|nazwisko uczestnika|notfallkontakt|\
            contacto emergencia|nombre propio|nombre dado|nome di battesimo|empfaenger name|naam medewerker|nom du contact|\
            nombre contacto|name applicant|nombre asistente|nom participant|nome partecipante|naam deelnemer|\
            name teilnehmer|secondo nome|tweede naam|deuxieme prenom|nome proprio|nome do meio|rekeninghouder|\
            wlasciciel konta|titolare conto|first name|last name|full name|given name|given names|family name|surname|\
            maiden name|middle name|fname|lname|mname|forename|forenames|firstnames|lastnames|second name|person name|\
            patient name|name first|name last|name middle|card holder|cardholder name|holder name|name on card|\
            account holder|account holder name|name of holder|contact first name|contact last name|employee name|\
            customer name|client name|student name|teacher name|mother name|father name|mothers name|fathers name|\
            spouse name|guardian name|next of kin|emergency contact name|beneficiary name|middle initial|middle initials|\
            legal first name|legal last name|preferred name|birth name|name at birth|author name|recipient name|\
            applicant name|passenger name|guest name|doctor name|physician name|driver name|owner name|tenant name|\
            signatory|signatory name|signer name|attn|attention to|payee name|payer name|insured name|policy holder|\
            policyholder|vorname|nachname|familienname|zuname|geburtsname|rufname|kontoinhaber|karteninhaber|\
            vollstaendiger name|kundenname|ansprechpartner|sachbearbeiter|prenom|nom de famille|nom complet|nom usage|\
            nom naissance|nom de naissance|nom de jeune fille|nom prenom|nom client|nom patient|titulaire|nom titulaire|\
            apellido|apellidos|primer apellido|segundo apellido|apellido paterno|apellido materno|nombre completo|nombres|\
            primer nombre|segundo nombre|nombre cliente|nombre de pila|titular|nombre titular|nombre y apellidos|sobrenome|\
            nome completo|apelido|primeiro nome|ultimo nome|nome do cliente|nome cliente|nome da mae|nome mae|nome pai|\
            nome social|nome titular|cognome|nome e cognome|nome cognome|nominativo|ragione sociale cliente|intestatario|\
            voornaam|achternaam|familienaam|tussenvoegsel|voorletters|roepnaam|volledige naam|geboortenaam|meisjesnaam|imie|\
            nazwisko|imie nazwisko|imie i nazwisko|drugie imie|nazwisko rodowe|nazwisko panienskie|imiona|fornamn|efternamn|\
            fornavn|etternavn|efternavn|mellomnavn|etunimi|sukunimi|vezeteknev|keresztnev|jmeno|prijmeni|other names|\
            other name|additional name|alternate name|alias name person|former name|former names|previous name|\
            previous names|previous surname|former surname|birth surname|married name|name of spouse|name of father|\
            name of mother|name of child|child name|partner name|instructor name|professor name|tutor name|trainer name|\
            coach name|supervisor name|owner full name|holder full name|contact full name|emergency contact person|\
            emergency person|reference person|relative name|name relative|next of kin name|kin name|caregiver name|\
            carer name|provider full name|attending physician|referring physician|referring doctor|family doctor|\
            general practitioner|surgeon|surgeon name|nurse name|therapist name|lawyer name|attorney name|judge name|\
            officer name|inspector name|operator name|clerk name|cashier name|salesman|salesman name|seller full name|\
            buyer name|purchaser name|subscriber name|member full name|resident name|occupant name|landlord name|\
            lessee name|lessor name|borrower name|guarantor name|debtor name|donor name|sponsor person|visitor name|\
            attendee name|participant name|delegate name|speaker name|artist real name|player full name|pupil name|\
            learner name|graduate name|candidate name|interviewee name|witness name|victim name|suspect name|claimant name|\
            complainant name|petitioner name|defendant name|plaintiff name|signed by name|approved by name|booked for name|\
            booked by name|submitted by name|requested by name|reported by name|contact last|contact first|\
            first and last name|name surname|surname name|nick real name|formatted name|patronymic|mothers maiden name|\
            name suffix person|legal full name|customer first name|customer last name|billing first name|billing last name|\
            shipping first name|shipping last name|first name kana|last name kana|fullname|prsn name",
        likely: "father|mother|attendees|participants|invitees|organizer|organiser|depositor|shop owner|store owner|account owner|card owner|maintainer|liker|voter|poster|interviewee|display name|real name|fullname|contact name|contact person|shipping name|billing name|ship name|bill name|\
            ship to name|bill to name|user full name|legal name|author|initials|member name|staff name|sender name|\
            receiver name|agent name|manager name|user real name|responsible person|person in charge|emergency contact|\
            addressee|deceased name|employee|cardholder|salesperson|sales person|sales rep|interviewer|caller name|\
            reviewer name|patient|nickname given|prenoms|salutation name|contatto|persona di contatto|contactpersoon|\
            osoba kontaktowa|referente|nom contact|nombre contacto|nome contato|name1|name2|beneficiary|payee|witness|\
            photographer|translator|illustrator|reporter|commenter|committer|requester|requestor|assignee|approver|\
            submitter|uploader|supervisor|instructor|investigator|technician|interviewee|composer|narrator|editor name|\
            lecturer|presenter|moderator|chairperson|chairman|secretary name|treasurer|janitor|caretaker|therapist|surgeon|\
            dentist|nurse|lawyer|attorney|notary|judge|plaintiff|defendant|deceased|heir|executor|trustee|godparent|\
            godfather|godmother|groom|bride|fotograf|uebersetzer|bearbeiter|melder|antragsteller|unterzeichner|betreuer|\
            dozent|pfarrer|notar|anwalt|zeuge|erblasser|hausarzt|behandelnder arzt|traducteur|photographe|redacteur|\
            rapporteur|demandeur|signataire|tuteur|enseignant|notaire|avocat|temoin|medecin traitant|traductor|fotografo|\
            redactor|solicitante|firmante|tutor legal|docente|notario|abogado|testigo|medico tratante|medico cabecera|\
            tradutor|redator|requerente|signatario|encarregado educacao|advogado|testemunha|medico responsavel|traduttore|\
            redattore|richiedente|firmatario|tutore|docente titolare|notaio|avvocato|testimone|medico curante|medico base|\
            vertaler|fotograaf|aanvrager|ondertekenaar|voogd|docent|notaris|advocaat|getuige|huisarts|behandelend arts|\
            tlumacz|wnioskodawca|podpisujacy|opiekun|wykladowca|notariusz|adwokat|swiadek|lekarz|lekarz prowadzacy|\
            lekarz rodzinny",
        hint: "name|nom|nombre|nome|naam|names|nazwa|namn|navn|nimi|contact|owner|recipient|holder|full|first|last|attendee|\
            created by name|assignee name|person|doctor|physician|driver|guest|sender|receiver|creator name|inhaber|kontakt",
    },
    holds: Holds::TEXT,
    patterns: &[],
    examples: Examples {
        named: &[
            "first_name",
            "LastName",
            "custFullName",
            "FNAME",
            "vorname",
            "prénom",
            "apellido_paterno",
            "imię",
        ],
        unnamed: &[
            "file_name",
            "hostname",
            "first_name_count",
            "product_name",
            "is_first_name_public",
            "event_name",
        ],
        values: &[],
        friends: &[],
    },
};
