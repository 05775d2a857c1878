"""``compgraph ctids``: the identifiers of CTDL, minted once and kept."""

import click

from compgraph.cli.settings import Settings


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if something lacks its CTID.")
@click.pass_context
def command(ctx: click.Context, check: bool) -> None:
    """Mint a CTID for each framework, competency and level that has none, and keep it in data/ctids.tsv.

    A CTID is what CTDL-ASN knows a thing by. It is made by chance, once; from then on the file says it.

    \b
    Example:
        compgraph ctids --check
    """
    from compgraph.exchange import identifiers, lacking_ctids
    from compgraph.tidy import write

    settings: Settings = ctx.obj
    space = settings.find()
    lacking = lacking_ctids(space)
    if lacking and not check:
        path = space.roots[-1] / identifiers.CTIDS
        write(path, identifiers.ctids_text(identifiers.minted(path, lacking)))
        click.echo(f"Minted {len(lacking)} and kept them in {path}", err=True)
    elif lacking:
        click.echo(f"{len(lacking)} lack a CTID, the first is {lacking[0]}. Run: compgraph ctids", err=True)
    ctx.exit(1 if check and lacking else 0)
