"""Words that stand in capitals behind a civility, a role or a child's word, and name nobody."""

import re

_ROLES = """
inspecteur inspectrice recteur rectrice maire directeur directrice principal principale proviseur proviseure ministre
préfet préfète président présidente professeur professeure professeurs prof profs cpe psyen atsem aesh avs erun dane
dasen drane ien ia ipr député députée sénateur sénatrice conseiller conseillère adjoint adjointe chef cheffe général
générale académique régional régionale documentaliste infirmier infirmière enseignant enseignante instituteur
institutrice gestionnaire agent technicien technicienne parent parents élève élèves enfant étudiant étudiante référent
référente coordinateur coordinatrice coordonnateur coordonnatrice formateur formatrice animateur animatrice
responsable délégué déléguée élu élue vice-président vice-présidente sous-préfet sous-préfète surveillant
surveillante assistant assistante éducateur éducatrice stagiaire titulaire remplaçant remplaçante retraité retraitée
mère père maman papa famille citoyen citoyenne médecin psychologue orthophoniste maître maîtresse secrétaire
messieurs mesdames monsieur madame mademoiselle mme mlle docteur premier première
"""
_SCHOOL = """
cm1 cm2 ce1 ce2 cp ps ms gs ulis segpa upe2a rep rep+ tdah tsa hpi dys pap ppre pps gevasco mdph bts bac cap bep iut
sixième cinquième quatrième troisième seconde première terminale maternelle primaire élémentaire classe groupe niveau
cycle option lycée lycéen lycéenne collège collégien collégienne école université académie rectorat mairie région
cours projet atelier séance liaison bilan rentrée vacances samedi lundi mardi mercredi jeudi vendredi dimanche
histoire géographie maths mathématiques français anglais espagnol allemand italien chinois latin grec sciences eps
technologie physique chimie svt ses snt nsi emc musique arts dessin sport philosophie lecture écriture calcul
orthographe grammaire codage robotique numérique informatique tablettes tablette ordinateurs ordinateur logiciel
internet wifi wi-fi pix ent pronote teams zoom moodle scratch python geogebra excel word google windows linux android
apple microsoft youtube instagram snapchat tiktok whatsapp discord twitter facebook netflix wikipédia chatgpt cned
canopé éduthèque educonnect ordi constat équipement formation évaluation projection
janvier février mars avril mai juin juillet août septembre octobre novembre décembre printemps automne hiver
"""
_SMALL = """
le la les l un une des du de d au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
je tu il elle on nous vous ils elles qui que quoi dont où si et ou mais donc or ni car ne pas plus moins très trop
aussi ainsi enfin alors puis ensuite depuis pour dans avec sans sous sur par en vers chez entre pendant lors lorsque
quand comme comment pourquoi parce puisque afin selon malgré après avant dès jusque surtout parfois souvent toujours
jamais rien tout tous toute toutes chaque plusieurs certains certaines beaucoup peu merci bonjour bonsoir oui non
voici voilà aujourd’hui hier demain maintenant ici là partout ailleurs ensemble seul seule seuls même mêmes autre autres
est sont était étaient sera seront soit a ont avait avaient aura fait font va vont peut peuvent doit doivent veut
veulent sait savent faut dit disent être avoir faire aller passer entrer enseigner travailler utiliser apprendre
passe reste devient semble utilise travaille apprend
aîné aînée aînés ainé ainée cadet cadette benjamin benjamine jumeau jumelle jumeaux jumelles unique dyslexique autiste
handicapé handicapée scolarisé scolarisée internes interne externe roi star moyen type
exemple anonyme inconnu inconnue untel unetelle machin truc bref tél tel mail courriel adresse contact
"""
#: What someone called « madame » or « monsieur » does, is or is asked, where no capital tells a name from a verb.
_DOES = """
accepte accueille aide aimerait aime ajoute annonce appelle applique arrive assure attend change cherche choisit
comprend compte conseille continue contrôle corrige crie croit demande dirige distribue donne écoute écrit encadre
enseigne envoie espère essaie explique ferme finit forme garde gère gronde habite impose installe intervient invite
laisse lance lit manque met montre note nous-mêmes occupe organise oublie ouvre parle part pense perd permet porte pose
possède prend prépare présente prête préfère propose punit range reçoit refuse regarde remplace remplit répare répète
répond reprend respecte ressemble rentre réunit revient sert signe souhaite suit suppose surveille tape tient travaille
trouve vient visite vit voit voudrait voulait
avez avons êtes sommes serait aurait pourrait devrait faudrait vais vas venez voyez dites allez savez pouvez
absent absente présent présente gentil gentille sympa super bien mal bon bonne svp stp
"""
DOES = frozenset(_DOES.split())
_OF_VERBS = re.compile(r"(?:[^f]ait|aient|erait|iront|eront)$")
NOT_NAMES = frozenset(f"{_ROLES} {_SCHOOL} {_SMALL}".split()) | frozenset("bcdfnxyz")
#: Endings of things taught or done, which no first name has.
_OF_THINGS = re.compile(
    r"(?:tions?|sions?|ismes?|logies?|graphies?|m[ae]nts?|iques|tés|ages|eurs|euses|ences|ances)$"
)
#: An article or pronoun cut short before a small letter: "L’équipe", "D’accord", "J’ai".
_CUT_SHORT = re.compile(r"(?:[ldcsnjmt]|qu)[’'][a-zà-ÿ]", re.I)


def is_no_name(word: str) -> bool:
    """Whether the word, as it stands in the text, names nobody; an initial goes by its dot."""
    bare = word.casefold()
    return bare in NOT_NAMES or bool(word[1:] and _CUT_SHORT.match(word) and word[2:3].islower())


def is_a_thing(word: str) -> bool:
    """What stands before a class or an age and is none of its pupils: « Formation (CM2) »."""
    return is_no_name(word) or bool(_OF_THINGS.search(word.casefold()))


def is_no_name_in_small(word: str) -> bool:
    """The same of a word without a capital, behind a civility."""
    return len(word) < 3 or is_no_name(word) or word in DOES or bool(_OF_VERBS.search(word))
