"""What the ledger remembers of forms, so that a form whose answers have not changed is not asked for its questions."""

from sqlalchemy import Engine, delete, insert, select

from tasks.domain.form_answers import GoogleForm
from tasks.ledger.schema import forms_seen


class FormMemory:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def kept(self, form_id: str, edition: str) -> GoogleForm | None:
        """What the form asked when exactly these responses were read."""
        query = select(forms_seen.c.form).where(forms_seen.c.form_id == form_id, forms_seen.c.edition == edition)
        with self._engine.connect() as connection:
            found = connection.scalar(query)
        return GoogleForm.from_json(found) if found else None

    def keep(self, form_id: str, edition: str, form: GoogleForm) -> None:
        """Keep it instead of what was kept of this form before."""
        with self._engine.begin() as connection:
            connection.execute(delete(forms_seen).where(forms_seen.c.form_id == form_id))
            connection.execute(insert(forms_seen).values(form_id=form_id, edition=edition, form=form.to_json()))
