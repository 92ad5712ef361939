"""A State's own pages about what the ISO asks: the answer, and whether everybody may read both."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import may, require
from reporting.domain import places, questions
from reporting.forms_afterwards import AnswerForm, RevisionForm
from reporting.models import ReportQuestion
from reporting.rules import own_questions


@private_page
def question_answer(request: HttpRequest, state: str, slug: str, pk: int) -> HttpResponse:
    question = _question(request, state, slug, pk)
    report = question.version.report
    require(request.user, "reporting.answer_question", report)
    may_show = may(request.user, "reporting.show_answer", report)
    can_be_shown = questions.may_be_shown(question, report)
    offers = {"may_show": may_show and can_be_shown}
    form = None
    if request.method == "POST":
        form = AnswerForm(request.POST, **offers)
        if form.is_valid():
            try:
                questions.answer(
                    question=question,
                    text=form.cleaned_data["text"],
                    shown=form.cleaned_data.get("shown", False),
                    revision=form.cleaned_data["revision"],
                    by=request.user,
                    at=clock.now(),
                )
            except questions.QuestionChanged as refusal:
                form = _again(form, refusal.question, offers)
                form.add_error(None, str(refusal))
                question.answer = refusal.question.answer
            except questions.QuestionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Your answer is with the ISO."))
                return redirect(_filed(question))
    initial = {"revision": question.revision, "text": question.answer, "shown": question.shown_at is not None}
    context = {
        "report": report,
        "state": report.state,
        "question": question,
        "place": places.place_title(report, question.place),
        "form": form or AnswerForm(initial=initial, **offers),
        "refused": form,
        "may_show": may_show,
        "can_be_shown": can_be_shown,
    }
    return render(request, "reporting/question_answer.html", context, status=422 if form else 200)


def _again(form: AnswerForm, question: ReportQuestion, offers: dict[str, bool]) -> AnswerForm:
    """The same text, over the answer that stands now."""
    data = form.data.copy()
    data["revision"] = str(question.revision)
    again = AnswerForm(data, **offers)
    again.is_valid()
    return again


@private_page
@require_POST
def question_show(request: HttpRequest, state: str, slug: str, pk: int) -> HttpResponse:
    """Let everybody read question and answer, or take that back."""
    question = _question(request, state, slug, pk)
    require(request.user, "reporting.show_answer", question.version.report)
    form = RevisionForm(request.POST)
    try:
        question = questions.show(
            question=question,
            shown=request.POST.get("shown") == "yes",
            revision=form.cleaned_data["revision"] if form.is_valid() else 0,
            by=request.user,
            at=clock.now(),
        )
    except questions.QuestionChanged:
        messages.info(request, _("The answer was changed after you opened the page. Read it again, then decide."))
    except questions.QuestionRefused as refusal:
        messages.info(request, str(refusal))
    else:
        if question.shown_at:
            messages.success(request, _("Everybody can read the question and your answer now."))
        else:
            messages.success(request, _("Only your delegation and the ISO can read the question and your answer now."))
    return redirect(_filed(question))


def _question(request: HttpRequest, state: str, slug: str, pk: int) -> ReportQuestion:
    return get_object_or_404(
        own_questions(request.user), version__report__state__slug=state, version__report__slug=slug, pk=pk
    )


def _filed(question: ReportQuestion) -> str:
    return f"{question.version.report.get_receipt_url()}#questions"
