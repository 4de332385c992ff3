"""First names that French schools and their parents bear most, folded to small letters; only a word before decides."""

_OF_ADULTS = """
adrien agathe agnès alain albert alexandra alexandre alexis alice aline amandine amélie anaïs andré andrée angélique
anne annick annie anthony antoine arnaud arthur audrey aurélie aurélien barbara béatrice benjamin benoît bernadette
bernard brigitte bruno camille carine carole caroline catherine cécile céline chantal charlotte christelle christian
christiane christine christophe claire claude claudine clément clémence colette corinne cyril damien daniel danielle
david delphine denis denise didier dominique édouard élisabeth élise élodie emilie émilie emma emmanuel emmanuelle éric
estelle étienne évelyne fabien fabienne fabrice farida fatima fatiha florence florent françois françoise frédéric
frédérique gabriel gaëlle geneviève georges gérard gilbert gilles ginette grégory guillaume guy hakim hélène henri hervé
hubert hugues irène isabelle jacqueline jacques jamel jean jeanne jeannine jérémy jérôme joël joëlle josé joseph josette
josiane julie julien juliette karim karine kevin khadija laëtitia laure laurence laurent léa liliane linda lionel loïc
louis louise luc lucas lucie lucien ludovic lydie magali malika manon marc marcel margaux marguerite maria marianne
marie marine marion marlène martin martine mathieu mathilde matthieu maurice maxime mélanie michel michèle michelle
mickaël mireille mohamed monique morgane muriel mustapha myriam nabil nadia nadine najat nathalie nicolas nicole noël
noëlle nora océane odette odile olivia olivier pascal pascale patrice patricia patrick paul paule pauline perrine
philippe pierre quentin rachid raphaël raymond régine rémi rémy renaud rené renée richard robert roger roland romain
sabine sabrina samia samir sandra sandrine sarah sébastien serge séverine simon simone solange sonia sophie stéphane
stéphanie suzanne sylvain sylvie théo thérèse thibault thierry thomas tristan valérie vanessa véronique victor vincent
virginie viviane xavier yann yannick yasmina yolande yvan yves yvette yvonne zohra
"""
_OF_CHILDREN = """
aaron adam adèle alba aliénor alix ambre amina amine amir anna aria assia augustin axel ayden baptiste basile bastien
bilal candice capucine charlie chloé clara clément constance côme corentin diane dylan eden elena eléa éléonore elena
élina eliott elsa enora enzo ethan eva evan fatou faustine gabin gaspard gabrielle hamza hannah héloïse hugo ibrahim
ilyan ilyes imane imran inaya inès iris ismaël jade jules julia justine kaïs kamel karima kenza kylian lana lenny léna
léo léon léonie lia lilou lina lisa liv livia lola lorenzo lou louane lucie lucy ludivine lyna maé maël maëlle maëlys
mahé malo margot martin mathéo mathis matteo mattéo matthis maya mehdi mila mina moussa naël naïm nathan nina nino noa
noah noé noémie nolan nour oscar rayan robin romane romy rose roxane sacha safia salomé samuel sasha sofia soline swann
tiago timéo tiphaine titouan tom valentin valentine victoire victoria walid wassim yanis yasmine youssef zélie zoé
"""
FIRST_NAMES = frozenset(f"{_OF_ADULTS} {_OF_CHILDREN}".split())
