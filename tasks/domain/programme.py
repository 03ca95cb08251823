"""The shape of ``programme.toml`` and ``languages/<code>.toml``: everything that only this programme has."""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    StringConstraints,
    field_validator,
    model_validator,
)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
Kind = Literal["timestamp", "email", "short", "paragraph", "choice", "checkboxes"]


class Part(BaseModel):
    """A frozen table of the configuration; an unknown key is an error, so that a typing error is not silent."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(Part):
    """A question of the form, the same in every language. ``other`` says that a free "Other: …" is offered.

    What is ``important`` may be left blank, but the letter about missing answers asks for it.
    """

    kind: Kind
    required: bool = False
    important: bool = False
    options: tuple[Text, ...] = ()
    other: bool = False


class Form(Part):
    """Where the answers of one language arrive: a spreadsheet (by its role) and a tab.

    ``notes`` are the headers of columns that staff keep beside the answers. With ``forms_api`` the answers are asked of
    Google Forms itself, of the form with ``form_id``.
    """

    spreadsheet: Text
    tab: Text
    notes: tuple[Text, ...] = ()
    forms_api: bool = False
    form_id: str = ""


class Columns(Part):
    """A tab that staff look at: its title and the header of each field, in the order of a new tab.

    ``optional`` are fields whose column a sheet may lack; then they are not shown there.
    """

    tab: Text
    columns: Mapping[str, Text]
    optional: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _optional_ones_are_columns(self) -> "Columns":
        if unknown := [field for field in self.optional if field not in self.columns]:
            message = f"optional names {', '.join(unknown)}, which [columns] does not have"
            raise ValueError(message)
        return self


class Register(Part):
    """The staff workbook."""

    spreadsheet: Text
    submissions: Columns
    sessions: Columns
    members: Columns
    duplicates: Columns
    needs_attention: Columns


class Archive(Part):
    """The archive sheet."""

    spreadsheet: Text
    recordings: Columns


class Sender(Part):
    """Who the mails come from. ``domain`` is the right-hand side of Message-IDs and event UIDs.

    ``unsubscribe`` is an address at which somebody takes a one-click POST (RFC 8058) and passes the token on.
    """

    name: Text
    address: Text
    reply_to: Text
    domain: Text
    unsubscribe: str = ""

    @field_validator("unsubscribe")
    @classmethod
    def _an_https_address_with_a_token(cls, value: str) -> str:
        if value and not (
            value.startswith("https://") and "{token}" in value and value.isascii() and value.isprintable()
        ):
            message = "must be an https:// address with {token} in it, such as https://example.org/leave/{token}"
            raise ValueError(message)
        return value


class Limits(Part):
    """Brakes and sizes. So many acknowledgements go to one address; who has got them waits for the next."""

    acknowledge_within_days: PositiveInt = 30
    acknowledgements_a_day: PositiveInt = 1
    acknowledgements_a_week: PositiveInt = 3
    title_length: PositiveInt = 200
    answer_length: PositiveInt = 5000
    recording_within_days: PositiveInt = 14
    review_within_days: PositiveInt = 14


class Brakes(Part):
    """When mails wait for a person: ``hold_above`` people in one run, an old cause, or too many in an hour.

    More than ``hold_suppressions_above`` addresses that mail came back from at once are not given up before a person
    has looked.
    """

    hold_above: PositiveInt = 50
    hold_older_than_days: PositiveInt = 30
    hold_above_an_hour: PositiveInt = 300
    failures_in_a_row: PositiveInt = 5
    hold_suppressions_above: PositiveInt = 20


class Budget(Part):
    """How many mails a provider takes; the ``reserve`` of a day is kept for mails that somebody is waiting for."""

    per_day: PositiveInt = 1500
    per_minute: PositiveInt = 50
    reserve: NonNegativeInt = 200

    @model_validator(mode="after")
    def _something_is_left(self) -> "Budget":
        if self.reserve >= self.per_day:
            message = "reserve must be smaller than per_day"
            raise ValueError(message)
        return self


class AllowList(Part):
    """Who may be written to in the mode ``allowlist``: whole addresses, and domains with all their addresses."""

    addresses: tuple[Text, ...] = ()
    domains: tuple[Text, ...] = ()


class Discretion(Part):
    """What mails may show and where they may lead: ``link_hosts`` besides the sender's own domain.

    ``safer_days`` after a safer session what is kept of its people is removed; with ``safer_from_sent`` its mails, too.
    """

    link_hosts: tuple[Text, ...] = ()
    safer_days: PositiveInt = 14
    safer_from_sent: bool = False


class Cadence(Part):
    """Minutes between two scheduled runs of a flow."""

    intake: PositiveFloat = 5
    scheduling: PositiveFloat = 5
    invitations: PositiveFloat = 5
    reminders: PositiveFloat = 5
    incoming: PositiveFloat = 10
    recordings: PositiveFloat = 60


class MembersSettings(Part):
    """``topics`` names the question of the form whose options members choose their topics from."""

    topics: str = ""


class Changes(Part):
    """What staff change in *Sessions* is announced when nobody has typed for so many minutes."""

    quiet_minutes: PositiveFloat = 15


class Hours(Part):
    """The hours of the recipient's day in which mail that can wait is delivered: from, and before."""

    send_from: int = Field(default=8, ge=0, le=23)
    send_until: int = Field(default=20, ge=1, le=24)

    @model_validator(mode="after")
    def _some_hours_are_left(self) -> "Hours":
        if self.send_from >= self.send_until:
            message = "send_from must be smaller than send_until"
            raise ValueError(message)
        return self


class Reminders(Part):
    """Which reminders are sent: a week, a day and an hour before a session."""

    week: bool = True
    day: bool = True
    hour: bool = True


class DigestSettings(Part):
    """When staff get an overview by mail, on the clock of ``zone`` (an IANA name), and who; off without an address."""

    addresses: tuple[Text, ...] = ()
    weekday: Weekday = "monday"
    hour: int = Field(default=8, ge=0, le=23)
    zone: Text = "UTC"

    @field_validator("zone")
    @classmethod
    def _a_zone(cls, value: str) -> str:
        if value not in available_timezones():
            message = "must be a time zone such as Africa/Nairobi"
            raise ValueError(message)
        return value


class SessionDefaults(Part):
    """What a prefilled Sessions row starts with."""

    minutes: PositiveInt = 90


class Programme(Part):
    """``programme.toml``, checked."""

    name: Text
    calendar: Text
    spreadsheets: Mapping[str, str]
    forms: Mapping[str, Form]
    questions: Mapping[str, Question]
    register_: Register = Field(alias="register")
    archive: Archive
    sender: Sender
    session: SessionDefaults = SessionDefaults()
    members: MembersSettings = MembersSettings()
    cadence: Cadence = Cadence()
    limits: Limits = Limits()
    brakes: Brakes = Brakes()
    changes: Changes = Changes()
    hours: Hours = Hours()
    reminders: Reminders = Reminders()
    digest: DigestSettings = DigestSettings()
    budgets: Mapping[str, Budget] = {}
    allowlist: AllowList = AllowList()
    discretion: Discretion = Discretion()
    staff_language: Text = "en"

    @model_validator(mode="after")
    def _topics_are_asked_for(self) -> "Programme":
        topics = self.members.topics
        if topics and (topics not in self.questions or not self.questions[topics].options):
            message = f"[members] topics names {topics}, which is no question with options"
            raise ValueError(message)
        return self

    def budget(self, provider: str) -> Budget:
        """What a provider of mail takes; the usual where nothing is said."""
        return self.budgets.get(provider, Budget())

    @field_validator("questions")
    @classmethod
    def _the_pipeline_needs_these(cls, questions: Mapping[str, Question]) -> Mapping[str, Question]:
        if missing := [name for name in ("timestamp", "email", "contact_name", "title") if name not in questions]:
            message = f"[questions] must define {', '.join(missing)}"
            raise ValueError(message)
        return questions

    @model_validator(mode="after")
    def _every_spreadsheet_is_named(self) -> "Programme":
        used = {form.spreadsheet for form in self.forms.values()}
        used |= {self.register_.spreadsheet, self.archive.spreadsheet}
        if missing := sorted(used - set(self.spreadsheets)):
            message = f"[spreadsheets] has no entry for {', '.join(missing)}"
            raise ValueError(message)
        return self


class Language(Part):
    """``languages/<code>.toml``: how this language words the questions and options, and a few labels.

    ``questions`` maps field → wording (the header of the response sheet); ``options`` maps field → code → wording;
    ``other`` maps field → the word before the colon of a free answer. A language without a form needs none of them.
    ``fallback`` are the languages, in order, whose letters stand in for one that is not translated. ``sensitive`` are
    words that no mail may show before it is opened; one that ends in ``*`` stands for all that begin so.
    """

    code: Text
    name: Text
    fallback: tuple[Text, ...] = ("en",)
    sensitive: tuple[Text, ...] = ()
    questions: Mapping[str, Text] = {}
    options: Mapping[str, Mapping[str, Text]] = {}
    other: Mapping[str, Text] = {}
    labels: Mapping[str, Text]


class StaffWords(Part):
    """``staff/<code>.toml``: what the pipeline writes for staff, by our name for it."""

    state: Mapping[str, Text]
    history: Mapping[str, Text]
    understood: Mapping[str, Text]
    pairs: Mapping[str, Text]
    members: Mapping[str, Text]
    attention: Mapping[str, Text]
