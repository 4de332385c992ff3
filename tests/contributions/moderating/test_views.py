"""The queue, one contribution, its buttons for one or many; who may press them, and what two at once get."""

from uuid import uuid4

import pytest
from django.test import Client

from cahiers.consultations.models import Role
from cahiers.contributions.actions import Draft
from cahiers.contributions.actions.taking import store
from cahiers.contributions.models import (
    Channel,
    Consent,
    Contribution,
    Flag,
    KeptOriginal,
    Status,
    Submission,
)
from cahiers.contributions.moderating.actions import state_of
from cahiers.journal.models import Entry
from tests.accounts.people import NOW
from tests.consultations.teams import member, place, signed_in
from tests.pages import Page

pytestmark = pytest.mark.django_db
QUEUE = "/deux-rives/moderation/"
TELLING = "Merci à M. Lerond, 06 12 34 56 78, qui répare tout."


@pytest.fixture
def found():
    return place(published=True)


@pytest.fixture
def said(found):
    def said(text="Le réseau tombe.", *, where=None, status=Status.PENDING, **more):
        draft = Draft(
            territory=where or found.north,
            channel=Channel.FORM,
            text=text,
            status=status,
            consent=Consent.PUBLIC,
            kind="irritant",
            **more,
        )
        return store(consultation=found.consultation, drafts=[draft], now=NOW)[0]

    return said


@pytest.fixture
def moderator(found):
    return signed_in(member(found.consultation, Role.FACILITATOR))


def fresh(one):
    return Contribution.objects.select_related("current").get(pk=one.pk)


def press(client, deed, *chosen, follow=True, **more):
    """The button of one, or that of all that are ticked."""
    many = len(chosen) > 1
    sent = {"command": uuid4(), deed: "chosen" if many else chosen[0].uuid} | more
    for one in chosen:
        sent.setdefault(f"seen_{one.uuid}", state_of(fresh(one)))
    if many:
        sent["chosen"] = [one.uuid for one in chosen]
    return client.post(f"{QUEUE}decider/", sent, follow=follow)


def messages(response):
    return [str(one) for one in response.context["messages"]]


def test_the_oldest_comes_first(said, moderator):
    first, second, _ = said("un"), said("deux"), said("vu", status=Status.ACCEPTED)
    assert [item.contribution for item in moderator.get(QUEUE).context["items"]] == [first, second]


@pytest.mark.parametrize(
    ("who", "expected"),
    [("stranger", 404), (Role.READER, 403), (Role.FACILITATOR, 200), (Role.ORGANISER, 200)],
)
def test_who_may_moderate(found, said, who, expected):
    one = said()
    client = Client() if who == "stranger" else signed_in(member(found.consultation, who))
    assert client.get(QUEUE).status_code == expected
    assert client.get(f"{QUEUE}{one.uuid}/").status_code == expected
    for deed in ("accept", "hide", "put_back", "redact", "unredact", "dismiss", "merge", "part"):
        answer = press(client, deed, one, follow=False, reason="Hors sujet.")
        assert answer.status_code == (302 if expected == 200 else expected)
    assert client.post(f"{QUEUE}annuler/").status_code == (302 if expected == 200 else expected)
    if expected != 200:
        assert fresh(one).status == Status.PENDING


def test_a_role_in_one_place_moderates_that_place(found, said):
    client = signed_in(member(found.consultation, Role.FACILITATOR, found.north))
    mine, other = said("ici"), said("ailleurs", where=found.south)
    assert [item.contribution for item in client.get(QUEUE).context["items"]] == [mine]
    assert client.get(f"{QUEUE}{other.uuid}/").status_code == 404
    press(client, "accept", other)
    assert fresh(other).status == Status.PENDING


def test_accept_then_undo(said, moderator):
    one = said()
    assert messages(press(moderator, "accept", one)) == ["1 contribution acceptée."]
    assert fresh(one).status == Status.ACCEPTED
    assert messages(moderator.post(f"{QUEUE}annuler/", follow=True)) == ["C’est annulé."]
    assert fresh(one).status == Status.PENDING
    assert messages(moderator.post(f"{QUEUE}annuler/", follow=True)) == ["Il n’y a rien à annuler."]
    assert [entry.verb for entry in Entry.objects.filter(subject=one.uuid)] == ["accept", "restore"]


def test_what_was_undone_is_done_and_undone_again(said, moderator):
    one, other = said("Un."), said("Deux.")
    for _ in range(2):
        press(moderator, "accept", one, other)
        assert {fresh(one).status, fresh(other).status} == {Status.ACCEPTED}
        moderator.post(f"{QUEUE}annuler/")
        assert {fresh(one).status, fresh(other).status} == {Status.PENDING}


def test_hidden_for_a_reason_alone(said, moderator):
    one = said(status=Status.ACCEPTED)
    refused = press(moderator, "hide", one, reason="  ")
    assert messages(refused) == ["Dites pourquoi : la raison est donnée à l’auteur."]
    press(moderator, "hide", one, reason="Met quelqu’un en cause.")
    assert (fresh(one).status, fresh(one).hidden_because) == (Status.HIDDEN, "Met quelqu’un en cause.")
    assert moderator.get(f"{QUEUE}?file=masquees").context["items"][0].contribution == one
    moderator.post(f"{QUEUE}annuler/", follow=True)
    assert fresh(one).status == Status.ACCEPTED


def test_many_at_once_and_one_that_changed(said, moderator):
    some = [said(f"remarque {number}") for number in range(3)]
    seen = {f"seen_{some[0].uuid}": uuid4()}
    answer = press(moderator, "accept", *some, **seen)
    assert messages(answer) == [
        "2 contributions acceptées.",
        "1 contribution a changé entre-temps : relisez-la.",
    ]
    assert [fresh(one).status for one in some] == [Status.PENDING, Status.ACCEPTED, Status.ACCEPTED]
    moderator.post(f"{QUEUE}annuler/", follow=True)
    assert {fresh(one).status for one in some} == {Status.PENDING}


def test_sent_twice_it_is_done_once(said, moderator):
    one = said()
    sent = {"command": uuid4(), "accept": one.uuid, f"seen_{one.uuid}": state_of(one)}
    for _ in range(2):
        moderator.post(f"{QUEUE}decider/", sent)
    assert Entry.objects.filter(subject=one.uuid).count() == 1


def test_one_key_redacts_what_is_flagged_and_it_comes_back(said, moderator):
    one = said(TELLING)
    press(moderator, "redact", one)
    assert fresh(one).current.text == "Merci à M. [nom], [téléphone], qui répare tout."
    assert KeptOriginal.objects.count() == 1
    page = moderator.get(f"{QUEUE}{one.uuid}/").content.decode()
    assert "Rétablir le texte d’origine" in page
    assert "Lerond" not in page
    assert not moderator.get("/deux-rives/contributions/?q=Lerond").context["page"].object_list
    moderator.post(f"{QUEUE}annuler/", follow=True)
    assert fresh(one).current.text == TELLING


def test_words_or_sentences_are_chosen(said, moderator):
    one = said("Le bus est en retard. La dame du 4e étage crie. Rien ne change.")
    press(moderator, "redact", one, words="dame du 4e étage")
    assert fresh(one).current.text == "Le bus est en retard. La [caviardé] crie. Rien ne change."
    press(moderator, "redact", one, sentences="2-3")
    assert fresh(one).current.text == "Le bus est en retard. [caviardé]"
    assert "pas dans le texte" in messages(press(moderator, "redact", one, words="absent"))[0]
    assert "Aucune phrase" in messages(press(moderator, "redact", one, sentences="9"))[0]
    assert "s’écrit" in messages(press(moderator, "redact", one, sentences="x"))[0]


def test_spans_are_of_the_words_that_were_seen(said, moderator):
    one = said(TELLING)
    seen = state_of(one)
    press(moderator, "redact", one, words="Merci")
    answer = press(moderator, "redact", one, **{f"seen_{one.uuid}": seen})
    assert messages(answer) == ["1 contribution a changé entre-temps : relisez-la."]


def test_a_flag_that_tells_nothing_is_left_and_stays_left(said, moderator):
    one = said(TELLING)
    name, phone = one.flags.all()
    press(moderator, "dismiss", one, flag=name.pk)
    assert moderator.get(QUEUE).context["items"][0].flags == [phone]
    press(moderator, "redact", one)
    assert fresh(one).current.text == "Merci à M. Lerond, [téléphone], qui répare tout."
    assert Flag.objects.get().dismissed_at is not None
    assert Entry.objects.filter(subject=one.uuid, verb="edit").count() == 1


def test_dismissing_is_undone(said, moderator):
    one = said(TELLING)
    press(moderator, "dismiss", one, flag=one.flags.first().pk)
    moderator.post(f"{QUEUE}annuler/", follow=True)
    assert one.flags.filter(dismissed_at=None).count() == 2


def test_near_copies_are_proposed_merged_and_parted(said, moderator):
    one = said("Le réseau tombe chaque matin dans nos trois salles.")
    copy = said("Le reseau tombe chaque matin, dans nos 3 salles !")
    said("Le réseau des anciens élèves se réunit chaque matin au collège.")
    page = moderator.get(f"{QUEUE}{copy.uuid}/")
    assert [other for other, _ in page.context["near"]] == [one]
    # The only one is chosen already: one key fewer.
    assert f'value="{one.uuid}" checked' in page.content.decode()
    press(moderator, "merge", copy, other=one.uuid)
    assert fresh(copy).twin_of == one
    assert moderator.get(f"{QUEUE}{copy.uuid}/").context["near"] == []
    moderator.post(f"{QUEUE}annuler/", follow=True)
    assert fresh(copy).twin_of is None
    assert "Choisissez" in messages(press(moderator, "merge", copy))[0]
    press(moderator, "merge", copy, other=one.uuid)
    press(moderator, "part", copy)
    assert fresh(copy).twin_of is None


def test_it_leads_back_to_its_own_pages_alone(said, moderator):
    one = said()
    here = f"{QUEUE}?file=masquees"
    assert press(moderator, "accept", one, follow=False, here=here)["Location"] == here
    away = press(moderator, "put_back", one, follow=False, here="https://ailleurs.example/")
    assert away["Location"] == QUEUE


def test_nothing_ticked_does_nothing(said, moderator):
    said()
    answer = moderator.post(f"{QUEUE}decider/", {"command": uuid4(), "accept": "chosen"}, follow=True)
    assert messages(answer) == ["Rien n’était coché : rien n’a été fait."]


def test_the_queue_costs_the_same_whatever_waits(said, moderator, django_assert_num_queries):
    for number in range(30):
        said(f"Remarque {number} : écrivez à M. Lerond au 06 12 34 56 {number:02}, c’est lui qui sait.")
    moderator.get(QUEUE)
    with django_assert_num_queries(10):
        response = moderator.get(QUEUE)
    page = Page(response.content.decode())
    assert len(response.context["items"]) == 25
    assert page.elements <= 600
    assert page.weight < 8 * 1024
    assert not page.inline
    with django_assert_num_queries(16):
        one = moderator.get(f"{QUEUE}{Contribution.objects.first().uuid}/")
    assert Page(one.content.decode()).elements <= 350


def test_what_was_published_at_once_waits_to_be_read(found, said, moderator):
    from cahiers.contributions.models import Form, Submission

    form = Form.objects.create(
        consultation=found.consultation, slug="court", kind="short", title="Court", moderation="after"
    )
    sent = Submission.objects.create(
        consultation=found.consultation, form=form, territory=found.north, channel="form", created_at=NOW
    )
    one = said("publiée", status=Status.ACCEPTED, submission=sent)
    reread = f"{QUEUE}?file=publiees"
    assert [item.contribution for item in moderator.get(reread).context["items"]] == [one]
    press(moderator, "accept", one)
    assert moderator.get(reread).context["items"] == []


def test_undoing_leads_back_to_where_it_was_done(said, moderator):
    here = f"{QUEUE}?q=un"
    press(moderator, "accept", said("un"), here=here)
    assert moderator.post(f"{QUEUE}annuler/").url == here
    assert moderator.post(f"{QUEUE}annuler/").url == QUEUE


def test_an_organiser_erases_for_whoever_has_no_receipt(found, said, moderator):
    one = said("Mon voisin ne veut plus que ceci se lise.")
    there = f"{QUEUE}{one.uuid}/effacer/"
    assert there not in moderator.get(f"{QUEUE}{one.uuid}/").content.decode()
    organiser = signed_in(member(found.consultation, Role.ORGANISER, name="Ondine Vasseray"))
    assert there in organiser.get(f"{QUEUE}{one.uuid}/").content.decode()
    assert "ne veut plus" in organiser.get(there).content.decode()
    assert fresh(one).status == Status.PENDING
    assert messages(organiser.post(there, follow=True)) == ["C’est effacé."]
    assert (fresh(one).status, fresh(one).current.text) == (Status.ERASED, "")
    entry = Entry.objects.get(subject=one.uuid, verb="erase")
    assert entry.actor is not None
    assert organiser.get(there).status_code == 404


def test_what_was_sent_at_once_is_erased_at_once(found, said):
    one, other = said("Un."), said("Deux.")
    sent = Submission.objects.create(
        consultation=found.consultation,
        territory=found.north,
        channel=Channel.SURVEY,
        answers={"q": "Oui"},
        created_at=NOW,
    )
    Contribution.objects.update(submission=sent, status=Status.WITHDRAWN)
    organiser = signed_in(member(found.consultation, Role.ORGANISER))
    there = f"{QUEUE}{one.uuid}/effacer/"
    assert "1\u00a0autre texte" in organiser.get(there).content.decode()
    organiser.post(there)
    sent.refresh_from_db()
    assert (fresh(other).status, sent.answers) == (Status.ERASED, {})
