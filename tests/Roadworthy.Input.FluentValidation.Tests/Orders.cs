using FluentValidation;

namespace Roadworthy.Input.FluentValidation.Tests;

public sealed class Order
{
    public string Name { get; set; } = "";

    public string Password { get; set; } = "";

    public DateOnly Start { get; set; }

    public DateOnly End { get; set; } = DateOnly.MaxValue;

    public List<Line> Lines { get; set; } = [];
}

public sealed class Line
{
    public int Quantity { get; set; }
}

public sealed class OrderValidator : AbstractValidator<Order>
{
    public OrderValidator()
    {
        RuleFor(order => order.Name).NotEmpty().WithMessage("Give it a name.");
        RuleFor(order => order.End).GreaterThan(order => order.Start);
        RuleFor(order => order.Password).Must(_ => false).WithMessage("'{PropertyValue}' is too weak.").When(order => order.Password.Length > 0);
        RuleForEach(order => order.Lines).SetValidator(new LineValidator());
        RuleFor(order => order.Name).MaximumLength(3).WithSeverity(Severity.Warning);
        RuleFor(order => order.Name).NotEqual("n/a").WithErrorCode("NO-NAME").OverridePropertyName("Title");
    }
}

public sealed class LineValidator : AbstractValidator<Line>
{
    public LineValidator() => RuleFor(line => line.Quantity).InclusiveBetween(1, 5);
}
