"""Closed lists of French words: function words, negation and lack, phone spellings, acronyms of the field."""

# Deliberately without pas, plus, sans, aucun, jamais, rien, trop, peu, manque: they decide the sense of a remark.
FUNCTION_WORDS = frozenset(
    """
    le la les l un une des du de d au aux a et ou ni or car donc que qu qui quoi dont lequel laquelle lesquels lesquelles
    auquel duquel ce cet cette ces c ca cela ceci celui celle ceux celles il ils elle elles on je j tu nous vous me m te t
    se s y en lui leur leurs eux moi toi soi mon ma mes ton ta tes son sa ses notre nos votre vos ne n
    dans par pour sur sous vers chez avec entre depuis pendant comme si quand lorsque afin ainsi aussi alors puis
    etre avoir suis es est sommes etes sont ete etant ai as avons avez ont eu ayant sera serait seraient soit soient
    etait etaient avait avaient aurait auraient fut
    faire fait faut falloir pouvoir devoir aller
    tout toute tous toutes meme memes tel telle tels telles quel quelle quels quelles autre autres quelque quelques
    tres bien encore deja ici la-bas voici voila selon via lors afin cf etc ex ainsi notamment egalement
    chaque certain certaine certains certaines plusieurs divers diverses vraiment souvent
    """.split()
)

NEGATIONS = frozenset("pas plus jamais aucun aucune rien sans ni non nul nulle guere".split())

LACKS = frozenset(
    """
    manque manquer absence absent insuffisant insuffisance defaut penurie carence perte faible trop peu
    difficile difficulte impossible inadapte inexistant inegal inegalite obsolete panne lent lenteur vetuste
    complique complexe lourd lourdeur cher couteux probleme souci obstacle frein
    """.split()
)

PHONE_SPELLINGS = {
    "pb": "problème", "pbs": "problème", "pbm": "problème", "pr": "pour", "qd": "quand", "ts": "tous", "tt": "tout",
    "bcp": "beaucoup", "bcq": "beaucoup", "tps": "temps", "tjs": "toujours", "tjrs": "toujours", "ds": "dans",
    "ac": "avec", "avc": "avec", "ms": "mais", "nb": "nombre", "nbre": "nombre", "nbx": "nombreux", "qq": "quelque",
    "qqs": "quelques", "qqch": "chose", "svt": "souvent", "mm": "même", "pcq": "car", "parcq": "car", "pk": "pourquoi",
    "ordi": "ordinateur", "ordis": "ordinateur", "profs": "professeur", "prof": "professeur", "etab": "établissement",
    "etabs": "établissement", "étab": "établissement", "étabs": "établissement", "info": "information",
    "infos": "information", "visio": "visioconférence", "visios": "visioconférence", "tel": "téléphone",
    "tél": "téléphone", "num": "numérique", "péda": "pédagogique", "mdp": "passe", "dev": "développement",
    "pdt": "pendant", "chq": "chaque", "ns": "nous", "vs": "vous", "lgtps": "longtemps", "rdv": "rendez-vous",
    "biblio": "bibliothèque", "appli": "application", "applis": "application", "impec": "impeccable",
}  # fmt: skip

ACRONYMS = frozenset(
    """
    ent eple rupn byod avec tni tbi vpi vni tice tuic dane drane dan dsden ien erun gar rgpd cnil pix paf pdf pap pps ppre
    pial aesh avs ulis segpa ime rep cdi cpe ce ca cm1 cm2 cp ce1 ce2 inspe espe canope cned mooc qcm sti stmg snt nsi
    b2i c2i wifi 4g 5g adsl usb vpn otp sms sso edt lms moodle pronote folios tne cap bts duer retex ppms csti epi
    ia lsu dnma siec sig tablette dasen iprb ipr atsem rased crous
    """.split()
) - {"avec", "ce", "ca", "tablette"}

# Cues of kind and polarity, folded; a word ending in * stands for all its endings.
PRAISE = tuple(
    """
    bien bon* meilleur* excellent* efficac* reussi* reussite* succes atout* avantage* plus-value point-fort apprecie* ravi*
    satisf* content* heureu* favorable* bravo formidable* genial* super pratique* utile* facilit* simple* rapid* fluid*
    motiv* autonom* progres gain* gagne* rassur* precieu* riche* richesse* solid* soude* entraide solidar* convivial*
    exemplaire* positi* merci grace permis permet* fonctionne* marche* interess* enrichi* dynami* mobilis* disponib*
    engage* investi* inventi* creati* innovant* souple* souplesse adapte* fiable* stable* clair* clarte aime* adore* plait
    encourageant* aise* aisement agreable* valoris* confiance impliqu* reactiv* enthousias* progress* epanoui*
    """.split()
)
COMPLAINT = tuple(
    """
    manqu* absenc* absent* insuffis* inexist* difficil* difficult* impossib* inadapt* inutilis* inutil* obsolet* vetust*
    panne* panner lent lente* lents lentement lourd* complexi* compliqu* probleme* souci* frein* obstacle* trop peu mal
    mauvais* pire perdu* perte* perd* gaspill* inegal* fractur* decourag* decroch* epuis* fatigu* isol* surcharg* stress*
    flou* confus* incompat* bug* plante* casse* vieux vieill* cher* cout couteux retard* tard attente attend* refus* rejet*
    regret* dommage deplor* inqui* danger* risque* peur* crainte* craign* triche* harcel* cyberharcel* harceleur*
    fausse* faux pub* intrus* eparpill* dispers* multipl* chacun injoignable* oubli* contre oppos* pas aucun* rien jamais
    sans ni illisib* instab* desorganis* resist* reticen* meconn* impos* subi* dependan* dependons penurie* zones blanches
    """.split()
)
WISH = tuple(
    """
    besoin* souhait* voudr* aimer* faudrait manque attend* demand* reclam* necessit* necessaire* esper* desir* veulent
    veut veux voulons que pouvoir avoir disposer etre savoir comprendre beneficier
    """.split()
)
MEASURE = tuple(
    """
    nombre nb taux part pourcentage proportion ratio indice delai duree frequence frequentation evolution ecart volume
    quantite montant cout temps score resultats heures consommation moyen* moyenne satisfaction mesure* pourcent tonnage
    budget effectif* progression presence statistique* indicateur* suivi comptage baisse hausse
    """.split()
)
# What one does on a given day, against the direction in which one goes.
DEED = tuple(
    """
    creer organiser nommer installer rediger publier signer envoyer acheter ouvrir fermer recruter designer etablir lancer
    recenser cartographier distribuer equiper reunir inscrire programmer afficher collecter diffuser voter interdire
    mettre remplacer constituer elire consulter presenter remettre tester proposer inviter tenir bloquer couper accorder
    financer preter fournir ajouter planifier elaborer realiser construire commander imprimer traduire enregistrer
    convoquer poster editer dedier embaucher prevoir attribuer verser supprimer annexer adresser completer numeriser
    """.split()
)
DIRECTION = tuple(
    """
    developper renforcer favoriser ameliorer encourager promouvoir valoriser mutualiser faciliter simplifier generaliser
    harmoniser accompagner sensibiliser garantir associer soutenir anticiper privilegier reduire limiter mieux donner
    clarifier penser repenser integrer articuler eduquer prevenir respecter federer decloisonner instaurer rapprocher
    reconnaitre inscrire partager maintenir diversifier impliquer poursuivre s-appuyer lutter rendre assurer optimiser
    conforter amplifier moderniser perenniser securiser responsabiliser developpement renforcement amelioration
    mutualisation valorisation generalisation simplification reconnaissance cooperation promotion meilleure meilleur
    allonger sortir chercher envisager changer adapter
    """.split()
)
