"""The workspaces of bodies: plans, contacts, problems, what follows; the universalisation log."""

from django.urls import path

from committees.views import (
    body_papers,
    contacts,
    follow_ups,
    joining,
    milestones,
    plans,
    preparation,
    problems,
    universalisation,
    withdrawals,
    workspace,
    workspace_people,
)

HERE = "committees/<slug:key>/workspace/"
urlpatterns = [
    path(HERE, workspace.workspace, name="workspace"),
    path(f"{HERE}people/", workspace_people.people, name="workspace-people"),
    path(f"{HERE}people/<int:pk>/end/", workspace_people.place_end, name="workspace-place-end"),
    path(f"{HERE}contacts/", contacts.contact_list, name="contact-list"),
    path(f"{HERE}contacts/new/", contacts.contact_new, name="contact-new"),
    path(f"{HERE}contacts/<int:pk>/", contacts.contact_detail, name="contact"),
    path(f"{HERE}contacts/<int:pk>/edit/", contacts.contact_edit, name="contact-edit"),
    path(f"{HERE}follow-up/", follow_ups.follow_up_list, name="follow-up-list"),
    path(f"{HERE}follow-up/new/", follow_ups.follow_up_new, name="follow-up-new"),
    path(f"{HERE}follow-up/<int:pk>/", follow_ups.follow_up, name="follow-up"),
    path(f"{HERE}follow-up/<int:pk>/done/", follow_ups.follow_up_done, name="follow-up-done"),
    path(f"{HERE}plan/", plans.plan_list, name="plan-list"),
    path(f"{HERE}plan/new/", plans.plan_new, name="plan-new"),
    path(f"{HERE}plan/<int:pk>/", plans.plan, name="plan"),
    path(f"{HERE}plan/<int:pk>/move/", plans.plan_move, name="plan-move"),
    path(f"{HERE}plan/<int:pk>/<int:step>/", milestones.milestone, name="milestone"),
    path(f"{HERE}papers/", body_papers.paper_list, name="paper-list"),
    path(f"{HERE}papers/new/", body_papers.paper_new, name="paper-new"),
    path(f"{HERE}papers/<int:pk>/", body_papers.paper, name="paper"),
    path(f"{HERE}papers/<int:pk>/publish/", body_papers.paper_publish, name="paper-publish"),
    path(f"{HERE}papers/<int:pk>/files/<int:text>/", body_papers.paper_file, name="paper-file"),
    path(f"{HERE}preparation/", preparation.preparation_list, name="preparation-list"),
    path(f"{HERE}preparation/<slug:meeting>/", preparation.preparation_board, name="preparation"),
    path(f"{HERE}problems/", problems.problem_list, name="problem-list"),
    path(f"{HERE}problems/new/", problems.problem_new, name="problem-new"),
    path(f"{HERE}problems/<int:pk>/", problems.problem, name="problem"),
    path(f"{HERE}problems/<int:pk>/settle/", problems.problem_settle, name="problem-settle"),
    path(f"{HERE}joining/", joining.joining_list, name="joining-list"),
    path(f"{HERE}joining/<slug:state>/", joining.joining_state, name="joining-state"),
    path("universalisation/", universalisation.universalisation, name="universalisation"),
    path("universalisation/withdrawals/new/", withdrawals.withdrawal_receive, name="withdrawal-receive"),
    path("universalisation/withdrawals/<int:pk>/", withdrawals.withdrawal, name="withdrawal"),
]
