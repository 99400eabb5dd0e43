#!/usr/bin/env python3
"""Makes src/label/dictionary.txt from WordNet 3.0 (Debian package wordnet-base, in /usr/share/wordnet).

Usage: dictionary.py [directory of WordNet's files] > src/label/dictionary.txt

Three lists of single words: what somebody suffers from and what is done and given against it; parts and fluids of a body, and
what means an illness beside other things; and whoever has a task, a trade or a tie to somebody. A word is taken when that is
what it means often enough, by WordNet's own count of senses. Words that mean something else in programs are left out by hand: FRIENDS.
"""

import collections
import re
import sys

ILL = """ill_health 1 symptom 1 injury 1 pathology 2 mental_disorder 1 birth_defect 1 tumor 1 pregnancy 1 disorder 1 wound 1
vital_sign 1 menstruation 1 anesthesia 1 medical_procedure 1 treatment 1 therapy 1 surgery 4 diagnostic_test 1
diagnostic_procedure 1 diagnosis 1 medicine 2 vaccine 1 medication 2 prosthesis 1 delivery 7 allergy 1 hypersensitivity 1""".split()
BODY = """body_part 1 body_fluid 1 excretion 2 tissue 1 hormone 1 vitamin 1 bone 1 gland 1 blood_group 1 muscle 1 medical_science 1 neonate 1 fetus 1""".split()
DOER = """worker 1 professional 1 leader 1 expert 1 relative 1 adjudicator 1 scientist 1 assistant 1 applicant 1 witness 1
guardian 1 buyer 1 seller 1 donor 1 teacher 1 signatory 1 writer 1 editor 1 health_professional 1 representative 1
negotiator 1 debtor 1 creditor 1 claimant 1 beneficiary 1 supervisor 1 examiner 1 critic 1 photographer 1 performer 1
musician 1 spouse 1 trustee 1 investigator 1 organizer 1 sponsor 1 executor 1 interviewer 1 translator 1 heir 1
informant 1 speaker 1 deputy 1 tenant 1 athlete 1 artist 1 official 1 volunteer 1 student 1 clergyman 1""".split()

FRIENDS = """
agent host server client user provider carrier worker runner driver importer exporter publisher vendor logger parser scheduler
handler controller monitor operator checker formatter builder compiler linker loader packer reader renderer processor adapter
calculator caller sender recipient member partner parent child master slave minor official associate executive principal
dispatcher guide model star page porter ranger scout sitter sorter stripper trapper tracker setter striker matcher mapper keeper
holder feeder wrapper trimmer cutter minder binder broker filler hunter shooter fitter timer starter finisher closer header
consumer producer subscriber listener follower leader collector planner supplier dealer distributor manufacturer maker mechanic
guard marshal pilot general private major interpreter conductor computer conveyer conveyor contractor retailer wholesaler
merchant trader shipper insurer employer tenant visitor guest player customer patient peer head chief hand boss subject lead
specialist expert artist director trainer learner counter tester bouncer dresser packager crawler spider bot router caster
printer signer sealer stocker picker loader roller turner mixer grinder polisher washer dryer drier dyer heater cooler boiler
gauger striper stacker plater borer joiner miner seller buyer bidder backer actor ham extra double lion heavy standby stand
human power champion ace pro star adept whiz one second third friend match equal counterpart issue line stock family descendant
seed kin relation house home people folk group team unit body staff crew corps bureau office minister pastor stage
cosmetic resource source authority reference channel medium engine instrument plant machine tool service hack scribe hand tapper
teller reporter correspondent stringer columnist bear bull king queen prince princess lord duke count earl emperor
ruler sovereign monarch crown regent dean provost marshall sheriff spy sleeper mole scab temp help assistant
first default extern intern starlet bishop cardinal pope rector vicar canon monk prior
sexton acolyte postman sport forward back center guard tackle end wing tight safety pitcher catcher batter fielder slugger
right left switch lifter diver jumper skater server dribbler shot put sprinter hurdler jock letter substitute reserve
winger roper tumbler vaulter swinger pinch sub captain
probable employable baby framer defender shill racker premie newborn neonate wannabe wannabee macer
representation rep mouthpiece voice delegate proxy buffer
apprentice cub novice rookie beginner freshman sophomore junior senior minor major
bloat cure sprue insolation frenzy hurt digitalization drugging smart quick versed stifle optic hooks warble bends aching downer
come sting sore throe canker cancer_stick heaves gripe gripes pestilence wasting scours clit arse pussy turd turp shite titty
prat butt buttocks fanny pecker tush tooshie ballock minge penis_envy bullock bum ass bollock bonce noggin bighead bullethead
thumbnail leaflet receptor retina horseback sinusoid nectar dung droppings guano cowpie antler beak claw hoof snout proboscis
stand-in structure appendage croup croupe face cupping singe pock come ring base crown cell core cortex nucleus trunk limb arm foot palm back
feature socket wing noodle taxis sticker lien slash specific collapse oblique canine comb constellation lumen ticker extremity_ tensor
siphon syphon tract filler boob bunghole asshole arsehole booger crap creeps cunt dick cock drivel drool piss poop puss putz shit twat whiz
bobtail bummer bump flipper floater hooter horn hock kink kisser milt muck nipper peter phiz pisser potbelly snot snoot tusk wale whey
binocular cloze pouched marsupial diagnostics hygiene pharmacy flagellate refill small filum rima radicle fundus spline ala spicule facia annexa ceras cere optic prelone molar mono physic
""".split()


# Persons of other kinds, by hand.
OTHERS = """administrator appointee assignee banker borrower brother businessman businesswoman caterer committeeman coordinator craftsman
cyclist depositor designer developer engineer enrollee entertainer explorer farmer golfer grocer historian householder inventor investor
jeweler landowner mourner neighbor neighbour observer passenger parishioner pensioner philosopher proprietor publicist registrant
shareholder shopkeeper spokesman spokesperson spokeswoman stockbroker stockholder surveyor taxpayer theologian treasurer trustee voter
widower""".split()


def load(folder):
    """Word senses of nouns, what each is a kind of, and how often each was met; and which nouns each adjective pertains to."""
    kinds = collections.defaultdict(list)
    proper = {}
    for line in open(folder + "/data.noun"):
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        proper[fields[0]] = fields[4][0].isupper()
        pointers = fields[5 + 2 * count :]
        for kind, above in zip(pointers[0::4], pointers[1::4]):
            if kind == "@":
                kinds[above].append(fields[0])
    senses = {}
    for line in open(folder + "/index.noun"):
        if not line.startswith("  "):
            fields = line.split()
            senses[fields[0]] = fields[-int(fields[2]) :]
    met = collections.Counter()
    for line in open(folder + "/cntlist.rev"):
        key, sense, count = line.split()
        word, rest = key.split("%")
        if rest.startswith("1:"):
            met[word, int(sense)] = int(count)
    of = {}
    for line in open(folder + "/data.adj"):
        if not line.startswith("  "):
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            pointers = fields[5 + 2 * count :]
            above = {pointers[at + 1] for at in range(0, len(pointers) - 3, 4) if pointers[at] == "\\" and pointers[at + 2] == "n"}
            for word in fields[4 : 4 + 2 * count : 2]:
                of.setdefault(word.split("(")[0].lower(), []).append(above)
    return kinds, proper, senses, met, of


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
    kinds, proper, senses, met, of = load(folder)

    def below(roots):
        left = [senses[word][int(place) - 1] for word, place in zip(roots[0::2], roots[1::2])]
        seen = set()
        while left:
            sense = left.pop()
            if sense not in seen:
                seen.add(sense)
                left += kinds[sense]
        return seen

    def taken(roots, share, taken_already=frozenset()):
        wanted = below(roots)
        for word, meant in sorted(senses.items()):
            if not re.fullmatch("[a-z]{4,}", word) or word in FRIENDS or word in taken_already or proper[meant[0]]:
                continue
            weights = [met[word, place + 1] + (0.5 if place == 0 else 0.2) for place in range(len(meant))]
            fitting = sum(weight for weight, sense in zip(weights, meant) if sense in wanted)
            if fitting and fitting / sum(weights) >= share:
                yield word

    def pertaining(roots, taken_already):
        """Adjectives of nothing but that: `renal`, `neonatal`."""
        wanted = below(roots)
        for word, meant in sorted(of.items()):
            if re.fullmatch("[a-z]{4,}", word) and word not in FRIENDS and word not in taken_already:
                if all(above & wanted for above in meant):
                    yield word

    ill = list(taken(ILL, 0.75))
    body = list(taken(BODY + ILL, 0.25, set(ill)))
    body += pertaining(BODY + ILL, set(ill + body))
    print(open(__file__.rsplit("/", 1)[0] + "/wordnet.license").read(), end="")
    print("ill:", *ill)
    print("body:", *sorted(body))
    doer = set(taken(DOER, 0.85, set(ill + body))) | set(OTHERS)
    print("doer:", *sorted(doer))


main()
